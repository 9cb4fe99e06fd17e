package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.CORRELATION_ALIASES;
import static io.genapi.schemas.kafka.HeaderNames.CORRELATION_ID;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads one record's headers; of a repeated header the last counts, an empty one counts as absent. */
final class HeaderReader {

    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    private final Headers headers;

    HeaderReader(Headers headers) {
        this.headers = headers;
    }

    Optional<byte[]> bytes(String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? Optional.empty()
                : Optional.of(header.value());
    }

    Optional<String> text(String name) {
        return bytes(name)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .filter(value -> !value.isBlank());
    }

    Optional<String> firstText(String name, List<String> aliases) {
        return text(name)
                .or(() ->
                        aliases.stream().flatMap(alias -> text(alias).stream()).findFirst());
    }

    /** The correlation id, and the alias that carries it, alone or once more; empty where there is none. */
    Optional<Correlation> correlation() {
        Optional<CorrelationId> ours = bytes(CORRELATION_ID).map(CorrelationId::of);
        Optional<Correlation> aliased = CORRELATION_ALIASES.stream()
                .flatMap(alias -> bytes(alias).map(CorrelationId::of).stream()
                        .filter(id -> ours.isEmpty() || ours.get().equals(id))
                        .map(id -> new Correlation(id, Optional.of(alias))))
                .findFirst();
        return aliased.or(() -> ours.map(Correlation::of));
    }

    /** @throws InvalidHeaderException if the value is not an RFC 3339 instant */
    Optional<Instant> instant(String name) {
        return text(name).map(value -> {
            try {
                Instant instant = Instant.parse(value);
                if (!instant.isBefore(YEAR_0) && instant.isBefore(YEAR_10000)) {
                    return instant;
                }
            } catch (DateTimeParseException malformed) {
                // Told below, as a year beyond RFC 3339 is.
            }
            throw new InvalidHeaderException(name, value, "an RFC 3339 instant such as 2026-01-31T12:00:00Z");
        });
    }

    /** @throws InvalidHeaderException if the value is not a whole number of at least 0 and at most 18 digits */
    Optional<Long> count(String name) {
        return text(name).map(value -> {
            if (!COUNT.matcher(value).matches()) {
                throw new InvalidHeaderException(name, value, "a whole number of at least 0 and at most 18 digits");
            }
            return Long.valueOf(value);
        });
    }
}
