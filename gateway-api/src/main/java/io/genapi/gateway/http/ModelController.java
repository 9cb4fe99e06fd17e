package io.genapi.gateway.http;

import io.genapi.gateway.model.ModelList;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's list of models. */
@RestController
public final class ModelController {

    private final ModelList models;

    public ModelController(ModelList models) {
        this.models = models;
    }

    @GetMapping("/v1/models")
    ResponseEntity<byte[]> list() {
        return JsonResponse.status(200).body(models.toJson());
    }

    /** One model; its name may contain slashes. */
    @GetMapping("/v1/models/{*name}")
    ResponseEntity<byte[]> find(@PathVariable("name") String path) {
        String name = path.substring(1);
        return Optional.of(name)
                .filter(given -> !given.isBlank())
                .flatMap(given -> models.toJson(new ModelName(given)))
                .map(model -> JsonResponse.status(200).body(model))
                .orElseThrow(() -> new ApiErrorException(ApiError.invalidRequest(
                        404,
                        "model_not_found",
                        "model",
                        "The model '%s' does not exist here. GET /v1/models lists those that do.".formatted(name))));
    }
}
