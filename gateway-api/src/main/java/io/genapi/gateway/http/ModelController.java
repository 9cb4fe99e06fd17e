package io.genapi.gateway.http;

import io.genapi.gateway.model.ModelList;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import jakarta.servlet.http.HttpServletRequest;
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
    ResponseEntity<byte[]> list(HttpServletRequest request) {
        return JsonResponse.status(200).body(models.toJson(Exchange.of(request)::mayName));
    }

    /** One model; its name may contain slashes. */
    @GetMapping("/v1/models/{*name}")
    ResponseEntity<byte[]> find(@PathVariable("name") String path, HttpServletRequest request) {
        String name = path.substring(1);
        return Optional.of(name)
                .filter(given -> !given.isBlank())
                .map(ModelName::new)
                .filter(Exchange.of(request)::mayName)
                .flatMap(models::toJson)
                .map(model -> JsonResponse.status(200).body(model))
                .orElseThrow(() -> new ApiErrorException(noSuchModel(name)));
    }

    /** In OpenAI's words, the same for a model that is not there and for one that the caller may not have. */
    static ApiError noSuchModel(String name) {
        return ApiError.invalidRequest(
                404,
                "model_not_found",
                "model",
                "The model `%s` does not exist or you do not have access to it. GET /v1/models lists those that you have."
                        .formatted(name));
    }
}
