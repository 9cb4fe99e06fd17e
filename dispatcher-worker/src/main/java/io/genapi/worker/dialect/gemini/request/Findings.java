package io.genapi.worker.dialect.gemini.request;

import io.genapi.schemas.error.ApiError;
import java.util.ArrayList;
import java.util.List;

/** What one translation found wrong, in the order of its reading. Not thread-safe. */
final class Findings {

    private final List<ApiError> refused = new ArrayList<>();
    private final List<ApiError> omitted = new ArrayList<>();

    /** The field makes no sense, to any vendor. */
    void malformed(String param, String how, String remedy) {
        refused.add(ApiError.invalidRequest(
                400, "invalid_value", param, "Invalid value for '%s': it %s. %s".formatted(param, how, remedy)));
    }

    /** Gemini cannot be asked this, and without it the request would be another one. */
    void impossible(String param, String why, String remedy) {
        refused.add(unsupported(param, why, remedy));
    }

    /** Gemini cannot be asked this; the translation leaves it out. */
    void omitted(String param, String why, String remedy) {
        omitted.add(unsupported(param, why, remedy));
    }

    private static ApiError unsupported(String param, String why, String remedy) {
        return ApiError.invalidRequest(
                400,
                "unsupported_parameter",
                param,
                "Unsupported for this model: '%s'. Gemini %s. %s".formatted(param, why, remedy));
    }

    List<ApiError> refused() {
        return refused;
    }

    List<ApiError> omitted() {
        return omitted;
    }
}
