package io.genapi.gateway.http;

import io.genapi.gateway.openapi.OpenApiDocument;
import io.genapi.gateway.openapi.Route;
import io.genapi.schemas.digest.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the document of the API. It is made when it is asked for first: until then nobody pays for it. */
@RestController
public final class OpenApiController {

    /** It changes with the gateway's version alone. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Supplier<ResponseEntity<byte[]>> answer;

    /** @param routes all that the gateway serves, when everything is wired */
    public OpenApiController(OpenApiDocument document, Supplier<List<Route>> routes) {
        this.answer = SingletonSupplier.of(() -> answer(document.toJson(routes.get())));
    }

    /** Everybody may ask. */
    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> document() {
        return answer.get();
    }

    private static ResponseEntity<byte[]> answer(byte[] json) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .eTag(Sha256.hex(json))
                .body(json);
    }
}
