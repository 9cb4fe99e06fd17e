package io.genapi.gateway.http;

import io.genapi.gateway.health.HealthDocument;
import jakarta.servlet.http.HttpServletRequest;
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

    /** Everybody may ask; what the processes and vendors are is for operators. */
    @GetMapping("/health")
    ResponseEntity<byte[]> health(HttpServletRequest request) {
        HealthDocument document = health.get();
        boolean whole = Exchange.of(request).isOperator();
        return JsonResponse.status(document.httpStatus()).body(whole ? document.toJson() : document.toBriefJson());
    }
}
