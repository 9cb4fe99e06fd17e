package io.genapi.schemas.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads one record's headers; of a repeated header the last counts, an empty one counts as absent. */
final class HeaderReader {

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

    /** @throws InvalidHeaderException if the value is not an RFC 3339 instant */
    Optional<Instant> instant(String name) {
        return text(name).map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException malformed) {
                throw new InvalidHeaderException(name, value, "an RFC 3339 instant such as 2026-01-31T12:00:00Z");
            }
        });
    }

    /** @throws InvalidHeaderException if the value is not a whole number of at least 0 */
    Optional<Long> count(String name) {
        return text(name).map(value -> {
            try {
                return Long.parseUnsignedLong(value);
            } catch (NumberFormatException malformed) {
                throw new InvalidHeaderException(name, value, "a whole number of at least 0");
            }
        });
    }
}
