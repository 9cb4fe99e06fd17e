package io.genapi.store.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0,0", " 120 ,120", "'Thu, 26 Nov 2026 12:01:30 GMT',90", "'Thu, 26 Nov 2026 11:00:00 GMT',0"})
    void readsSecondsAndDates(String text, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.read(text, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "1.5", "9999999999", "Thu, 26 Nov 2126 12:00:00 GMT", "99999999999999999999"})
    void takesNoNonsense(String text) {
        assertEquals(Optional.empty(), RetryAfter.read(text, NOW));
    }
}
