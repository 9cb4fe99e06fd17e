package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An id that a caller may give in a header, and that is minted where it does not. */
sealed interface GivenId {

    int MAX_LENGTH = 256;

    /** It can be used. */
    record Usable(String value) implements GivenId {}

    /** The caller gave one that cannot travel as it is. */
    record Invalid(ApiError error) implements GivenId {}

    static GivenId read(String header, @Nullable String given, Supplier<String> mint) {
        if (given == null || given.isEmpty()) {
            return new Usable(mint.get());
        }
        return error(header, given).<GivenId>map(Invalid::new).orElseGet(() -> new Usable(given));
    }

    /** Why a header's value cannot travel as it is, if it cannot. */
    static Optional<ApiError> error(String header, String given) {
        return fault(given)
                .map(fault -> ApiError.invalidRequest(
                        400,
                        "invalid_header",
                        header,
                        "Invalid value for header '%s': it %s. Send 1 to %d visible ASCII characters, or leave it out."
                                .formatted(header, fault, MAX_LENGTH)));
    }

    private static Optional<String> fault(String given) {
        if (given.isEmpty()) {
            return Optional.of("is empty");
        }
        if (given.length() > MAX_LENGTH) {
            return Optional.of("has " + given.length() + " characters");
        }
        return given.chars()
                .filter(character -> character <= ' ' || character >= 0x7f)
                .mapToObj(character -> "has the character U+%04X".formatted(character))
                .findFirst();
    }
}
