package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.submit.CallerTime;
import io.genapi.schemas.error.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final TimeHeaders headers = new TimeHeaders(Duration.ofDays(2), () -> NOW);

    @Test
    void nothingGivenIsNoLimit() {
        assertEquals(CallerTime.UNLIMITED, headers.read(null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T12:00:01Z,      2026-11-26T12:00:01Z",
        "2026-11-26T14:30:00+02:00, 2026-11-26T12:30:00Z",
        "2026-11-28T12:00:00Z,      2026-11-28T12:00:00Z",
        "90,                        2026-11-26T12:01:30Z",
        "0.25,                      2026-11-26T12:00:00.250Z",
        "172800,                    2026-11-28T12:00:00Z",
    })
    void aDeadlineIsAnInstantOrSecondsFromNow(String given, Instant deadline) {
        assertEquals(Optional.of(deadline), headers.read(given, null, null).deadline());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "600, -,    595",
                "-,   600,  595",
                "600, 10,   9",
                "10,  600,  9",
                "1,   -,    0.9",
                "-,   0.5,  0.45",
                "-,   60.0, 55",
                "50,  inf,  45",
            })
    void anSdkIsAnsweredAMarginBeforeItHangsUp(@Nullable String timeout, @Nullable String readTimeout, String seconds) {
        Duration patience = Duration.parse("PT" + seconds + "S");
        assertEquals(
                Optional.of(patience), headers.read(null, timeout, readTimeout).patience());
    }

    @Test
    void aTimeoutThatAnSdkRoundedDownToNothingSaysNothing() {
        assertEquals(CallerTime.UNLIMITED, headers.read(null, "0", "0.0"));
        assertEquals(CallerTime.UNLIMITED, headers.read(null, "inf", "0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "0",
                "1e3",
                "9999999999",
                "172801",
                "2026-11-26",
                "2026-11-26T12:00:00",
                "2026-11-26T12:00:00Z",
                "2026-11-26T11:59:59Z",
                "2026-11-28T12:00:01Z",
                "+1000000000-12-31T23:59:59Z",
            })
    void aDeadlineThatCannotBeIsRefusedWithARemedy(String given) {
        assertRefused("Genapi-Deadline", given, () -> headers.read(given, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.", "nan", "99999999999999999999"})
    void aTimeoutThatIsNoNumberIsRefusedWithARemedy(String given) {
        assertRefused("X-Stainless-Timeout", given, () -> headers.read(null, given, null));
        assertRefused("X-Stainless-Read-Timeout", given, () -> headers.read(null, null, given));
    }

    private static void assertRefused(String header, String given, Runnable reading) {
        ApiError error =
                assertThrows(ApiErrorException.class, reading::run, given).error();
        assertEquals(400, error.status());
        assertEquals(Optional.of(header), error.param());
        assertTrue(error.message().contains("'" + given + "'"), error.message());
        assertTrue(error.message().contains("Send "), error.message());
    }
}
