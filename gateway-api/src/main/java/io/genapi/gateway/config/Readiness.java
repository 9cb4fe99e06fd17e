package io.genapi.gateway.config;

import io.genapi.runtime.http.ReadinessCheck;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A readiness check that is one question with one answer. */
record Readiness(String name, BooleanSupplier ok, String complaint) implements ReadinessCheck {

    @Override
    public Optional<String> problem() {
        return ok.getAsBoolean() ? Optional.empty() : Optional.of(complaint);
    }
}
