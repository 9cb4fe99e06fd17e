package io.genapi.runtime.tenant;

import io.genapi.schemas.job.ModelName;
import java.util.List;

/**
 * The models that a tenant may name.
 *
 * @param patterns names, and beginnings of names with a {@code *} behind them
 */
public record AllowedModels(List<String> patterns) {

    private static final String REST = "*";

    /** Whatever the catalog serves. */
    public static final AllowedModels ALL = new AllowedModels(List.of(REST));

    public AllowedModels {
        patterns = List.copyOf(patterns);
    }

    public boolean allows(ModelName model) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith(REST)
                        ? model.value().startsWith(pattern.substring(0, pattern.length() - REST.length()))
                        : model.value().equals(pattern));
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }
}
