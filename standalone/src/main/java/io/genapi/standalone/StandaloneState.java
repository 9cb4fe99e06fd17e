package io.genapi.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running standalone broker leaves in its data directory for other processes to find it.
 *
 * @param gateway where it answers HTTP
 * @param kafka its bootstrap servers
 * @param vendors who answers: the names of the vendors, or the simulator's
 * @param webhooks what is unusual about whom webhooks are sent to; empty where nothing is
 */
public record StandaloneState(
        long pid, URI gateway, String kafka, String vendors, Optional<String> webhooks, Instant startedAt) {

    private static final String FILE = "standalone.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The state of the broker that runs on a data directory; empty where none runs. */
    public static Optional<StandaloneState> read(Path data) {
        return written(data).filter(_ -> DataDirectory.isInUse(data));
    }

    /** The state of the broker that ran last on a data directory, whether or not it still does. */
    public static Optional<StandaloneState> written(Path data) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(data.resolve(FILE)), StandaloneState.class));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether a broker runs on the directory, ready or not. */
    public static boolean isInUse(Path data) {
        return DataDirectory.isInUse(data);
    }

    /** Asks the broker's process to stop in good order. */
    public void askToStop() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }

    void write(Path data) {
        try {
            Path unfinished = data.resolve(FILE + ".new");
            Files.write(unfinished, JSON.writeValueAsBytes(this));
            Files.move(unfinished, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void remove(Path data) {
        try {
            Files.deleteIfExists(data.resolve(FILE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
