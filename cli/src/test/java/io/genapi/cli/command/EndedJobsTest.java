package io.genapi.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndedJobsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-01-31T11:58:30Z",
        "30m, 2026-01-31T11:30:00Z",
        "24h, 2026-01-30T12:00:00Z",
        "2d, 2026-01-29T12:00:00Z",
        "2026-01-31T10:00:00+01:00, 2026-01-31T09:00:00Z"
    })
    void aTimeIsSaidAsAnAgeOrAsItself(String text, Instant instant) {
        assertEquals(Optional.of(instant), EndedJobs.since(text, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5", "-1h", "1w", "99999999999h", "2026-01-31"})
    void whatIsNoTimeIsNotTakenForOne(String text) {
        assertEquals(Optional.empty(), EndedJobs.since(text, NOW));
    }
}
