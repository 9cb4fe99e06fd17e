package io.genapi.gateway.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiskGuardTest {

    private static final Path DATA = Path.of("data");

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private long free = 10;
    private int looks;
    private final DiskGuard guard = guard(Optional.of(DATA));

    @Test
    void refusesBelowTheMinimumAndLooksOncePerSecond() {
        assertEquals(Optional.empty(), guard.check());
        free = 9;
        assertEquals(Optional.empty(), guard.check());
        assertEquals(1, looks);
        now = now.plusMillis(1001);
        assertEquals(Optional.of(new Refusal.DiskFull(DATA, 9, 10)), guard.check());
        assertEquals(2, looks);
    }

    @Test
    void looksAtNothingWithoutADirectory() {
        free = 0;
        assertEquals(Optional.empty(), guard(Optional.empty()).check());
        assertEquals(0, looks);
    }

    @Test
    void leavesADiskThatCannotBeAskedToKafka() {
        DiskGuard blind = new DiskGuard(
                Optional.of(DATA),
                10,
                _ -> {
                    throw new UncheckedIOException(new IOException("gone"));
                },
                () -> now);

        assertEquals(Optional.empty(), blind.check());
    }

    private DiskGuard guard(Optional<Path> directory) {
        return new DiskGuard(
                directory,
                10,
                _ -> {
                    looks++;
                    return free;
                },
                () -> now);
    }
}
