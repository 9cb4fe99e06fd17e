package io.genapi.worker.dialect;

import io.genapi.schemas.job.VendorRequestId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A vendor's whole answer.
 *
 * @param headers by lower-case name
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // A body is handed on, never copied or compared.
public record VendorResponse(int status, Map<String, String> headers, byte[] body, Instant receivedAt) {

    public VendorResponse {
        headers = Map.copyOf(headers);
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The vendor's name of the call in the first of those headers that has one.
     *
     * @param names in lower case
     */
    public Optional<VendorRequestId> requestId(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> header(name).flatMap(VendorRequestId::in).stream())
                .findFirst();
    }

    /**
     * The positive whole number that a header says; empty where it says none.
     *
     * @param name in lower case
     */
    public OptionalLong count(String name) {
        try {
            long count = Long.parseLong(header(name).orElse("").strip());
            return count > 0 ? OptionalLong.of(count) : OptionalLong.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalLong.empty();
        }
    }
}
