package io.genapi.gateway.http;

import io.genapi.gateway.health.HealthDocument;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The health of the whole broker, as this gateway finds it. */
@RestController
public final class HealthController {

    private final Supplier<HealthDocument> health;

    public HealthController(Supplier<HealthDocument> health) {
        this.health = health;
    }

    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        HealthDocument document = health.get();
        return JsonResponse.status(document.httpStatus()).body(document.toJson());
    }
}
