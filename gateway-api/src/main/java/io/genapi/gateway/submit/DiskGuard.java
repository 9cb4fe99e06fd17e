package io.genapi.gateway.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses jobs while the disk that Kafka writes to is nearly full. Looks at most once a second. Thread-safe. */
public final class DiskGuard {

    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
    private static final Duration SAMPLE_LIFE = Duration.ofSeconds(1);

    private final Optional<Path> directory;
    private final long required;
    private final ToLongFunction<Path> usableSpace;
    private final InstantSource clock;
    private volatile Sample sample = new Sample(Instant.MIN, Long.MAX_VALUE);

    private record Sample(Instant at, long free) {}

    /**
     * Keeps an eye on nothing where there is no directory.
     *
     * @param required how many bytes must be free for a job to be taken
     * @param usableSpace in bytes, of the disk that a directory is on; may throw {@link UncheckedIOException}
     */
    public DiskGuard(Optional<Path> directory, long required, ToLongFunction<Path> usableSpace, InstantSource clock) {
        this.directory = directory;
        this.required = required;
        this.usableSpace = usableSpace;
        this.clock = clock;
    }

    /** The usable space of the disk that a directory is on, as the operating system tells it. */
    public static long usableSpace(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Optional<Refusal.DiskFull> check() {
        return directory.flatMap(path -> {
            long free = free(path);
            return free < required ? Optional.of(new Refusal.DiskFull(path, free, required)) : Optional.empty();
        });
    }

    private long free(Path path) {
        Instant now = clock.instant();
        if (sample.at().isBefore(now.minus(SAMPLE_LIFE))) {
            sample = new Sample(now, look(path));
        }
        return sample.free();
    }

    /** A disk that cannot be asked is Kafka's to judge: it knows whether it can write. */
    private long look(Path path) {
        try {
            return usableSpace.applyAsLong(path);
        } catch (UncheckedIOException failure) {
            LOG.atWarn()
                    .addKeyValue("directory", path.toString())
                    .log("The free space is not known: {}", failure.toString());
            return Long.MAX_VALUE;
        }
    }
}
