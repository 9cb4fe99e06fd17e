package io.genapi.schemas.job;

import java.util.Optional;

/**
 * A correlation id and the header that its sender looks for it in.
 *
 * @param aliasHeader a header beside {@code correlation-id} that the result must also carry the id in, because the
 *     request came with it (Spring's {@code kafka_correlationId}, Zilla's {@code zilla:correlation-id})
 */
public record Correlation(CorrelationId id, Optional<String> aliasHeader) {

    public static Correlation of(CorrelationId id) {
        return new Correlation(id, Optional.empty());
    }
}
