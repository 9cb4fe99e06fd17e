package io.genapi.worker.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.worker.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @Test
    void readsSeconds() {
        assertEquals(Optional.of(Duration.ofSeconds(7)), wish(Map.of("retry-after", "7")));
    }

    @Test
    void readsADateRelativeToTheArrivalOfTheAnswer() {
        assertEquals(Optional.of(Duration.ofSeconds(30)), wish(Map.of("retry-after", "Sat, 31 Jan 2026 12:00:30 GMT")));
    }

    @Test
    void aDateInThePastIsNow() {
        assertEquals(Optional.of(Duration.ZERO), wish(Map.of("retry-after", "Sat, 31 Jan 2026 11:00:00 GMT")));
    }

    @Test
    void prefersMilliseconds() {
        assertEquals(Optional.of(Duration.ofMillis(1500)), wish(Map.of("retry-after-ms", "1500", "retry-after", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "NaN", "Infinity", "1e300", "Sat, 99 Jan 2026 12:00:30 GMT"})
    void ignoresWhatItDoesNotUnderstand(String text) {
        assertEquals(Optional.empty(), wish(Map.of("retry-after", text)));
        assertEquals(Optional.of(Duration.ofSeconds(2)), wish(Map.of("retry-after-ms", text, "retry-after", "2")));
    }

    private static Optional<Duration> wish(Map<String, String> headers) {
        return RetryAfter.of(new VendorResponse(429, headers, new byte[0], Samples.NOW));
    }
}
