package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.CLAIM_CHECK;
import static io.genapi.schemas.kafka.HeaderNames.CLAIM_CHECK_ASKED_SHA256;
import static io.genapi.schemas.kafka.HeaderNames.CLAIM_CHECK_LENGTH;
import static io.genapi.schemas.kafka.HeaderNames.CLAIM_CHECK_PLACE;
import static io.genapi.schemas.kafka.HeaderNames.CLAIM_CHECK_SHA256;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Claim checks as headers. They count on the broker's own topics of requests and of parked jobs alone: nobody else has a
 * body to claim, so that a topic which a tenant may write to must never be read with them.
 */
final class ClaimHeaders {

    private ClaimHeaders() {}

    static void write(ClaimCheck claim, HeaderWriter headers) {
        headers.text(CLAIM_CHECK, claim.key())
                .text(CLAIM_CHECK_PLACE, claim.place())
                .text(CLAIM_CHECK_LENGTH, claim.length())
                .text(CLAIM_CHECK_SHA256, claim.digest());
        if (!claim.asked().equals(claim.digest())) {
            headers.text(CLAIM_CHECK_ASKED_SHA256, claim.asked());
        }
    }

    /** @throws InvalidHeaderException if there is a claim, but not a whole one of the contract's form */
    static Optional<ClaimCheck> read(HeaderReader headers) {
        return headers.text(CLAIM_CHECK).map(key -> {
            BodyDigest digest = digest(headers, CLAIM_CHECK_SHA256);
            return new ClaimCheck(
                    required(headers, CLAIM_CHECK_PLACE, ClaimCheck::isPlace, "32 lower-case hexadecimal digits"),
                    required(headers, CLAIM_CHECK, ClaimCheck::isKey, "the key of a request's body"),
                    Integer.parseInt(required(
                            headers,
                            CLAIM_CHECK_LENGTH,
                            ClaimHeaders::isLength,
                            "a whole number from 1 to " + ClaimCheck.LARGEST)),
                    digest,
                    headers.text(CLAIM_CHECK_ASKED_SHA256).isEmpty()
                            ? digest
                            : digest(headers, CLAIM_CHECK_ASKED_SHA256));
        });
    }

    private static BodyDigest digest(HeaderReader headers, String name) {
        return new BodyDigest(required(
                headers, name, text -> BodyDigest.parse(text).isPresent(), "64 lower-case hexadecimal digits"));
    }

    /** The same, but empty where there is no whole one. */
    static Optional<ClaimCheck> lenient(HeaderReader headers) {
        try {
            return read(headers);
        } catch (InvalidHeaderException invalid) {
            return Optional.empty();
        }
    }

    private static String required(HeaderReader headers, String name, Predicate<String> form, String expected) {
        String value = headers.text(name).orElse("");
        if (!form.test(value)) {
            throw new InvalidHeaderException(name, value, expected);
        }
        return value;
    }

    private static boolean isLength(String text) {
        return text.matches("[1-9][0-9]{0,7}") && Integer.parseInt(text) <= ClaimCheck.LARGEST;
    }
}
