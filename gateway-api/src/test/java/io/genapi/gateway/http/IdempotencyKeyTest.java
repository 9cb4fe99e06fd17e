package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.schemas.error.ApiError;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    @Test
    void isTheSameQuotedAndBare() {
        assertEquals(Optional.empty(), IdempotencyKey.of(List.of()));
        assertEquals(Optional.of("order-17"), IdempotencyKey.of(List.of("order-17")));
        assertEquals(Optional.of("order-17"), IdempotencyKey.of(List.of("\"order-17\"")));
        assertEquals(Optional.of("order-17"), IdempotencyKey.of(List.of(" order-17", "\"order-17\"")));
        assertEquals(Optional.of("a\"b\\c"), IdempotencyKey.of(List.of("\"a\\\"b\\\\c\"")));
        assertEquals(Optional.of("\""), IdempotencyKey.of(List.of("\"")));
        assertEquals(Optional.of("k".repeat(256)), IdempotencyKey.of(List.of("k".repeat(256))));
    }

    @Test
    void refusesWhatCannotTravelOrIsTwoKeys() {
        assertRefused("");
        assertRefused("\"\"");
        assertRefused("two words");
        assertRefused("\u00e9");
        assertRefused("k".repeat(257));
        assertRefused("one", "another");
    }

    private static void assertRefused(String... headers) {
        ApiError error = assertThrows(ApiErrorException.class, () -> IdempotencyKey.of(List.of(headers)))
                .error();
        assertEquals(400, error.status());
        assertEquals(Optional.of("Idempotency-Key"), error.param());
    }
}
