package io.genapi.worker.dialect.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.VendorResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {

    @ParameterizedTest
    @CsvSource({"17ms, PT0.017S", "0s, PT0S", "8.64s, PT8.64S", "6m0s, PT6M", "1h2m3s, PT1H2M3S", "1m, PT1M"})
    void readsOpenAisWayToWriteATime(String text, Duration expected) {
        assertEquals(Optional.of(expected), RateLimitHeaders.duration(text));
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "5", "-1s", "s", "1s 2s"})
    void readsNothingElse(String text) {
        assertEquals(Optional.empty(), RateLimitHeaders.duration(text));
    }

    @Test
    void takesALimitForOneOfAMinuteUnlessItsUseTakesLongerToComeBack() {
        assertEquals(
                new RateLimits(OptionalLong.of(500), OptionalLong.empty()),
                RateLimitHeaders.in(new VendorResponse(
                        200,
                        Map.of(
                                "x-ratelimit-limit-requests", "500",
                                "x-ratelimit-reset-requests", "120ms",
                                "x-ratelimit-limit-tokens", "10000",
                                "x-ratelimit-reset-tokens", "2m30s"),
                        new byte[0],
                        Samples.NOW)));
    }

    @Test
    void knowsNothingWithoutHeadersThatMakeSense() {
        assertEquals(
                RateLimits.NONE,
                RateLimitHeaders.in(new VendorResponse(
                        429,
                        Map.of(
                                "x-ratelimit-limit-requests", "-5",
                                "x-ratelimit-reset-requests", "1s",
                                "x-ratelimit-limit-tokens", "10000"),
                        new byte[0],
                        Samples.NOW)));
    }
}
