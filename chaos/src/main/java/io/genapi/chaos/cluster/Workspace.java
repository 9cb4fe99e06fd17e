package io.genapi.chaos.cluster;

import io.genapi.chaos.process.Spawned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for a run's data and logs, which is gone afterwards, also after Ctrl-C, unless it is to be kept. */
public final class Workspace implements AutoCloseable {

    private final Path directory;
    private final Thread onInterrupt = new Thread(this::interrupted, "workspace");
    private volatile boolean kept;

    private Workspace(Path directory) {
        this.directory = directory;
    }

    public static Workspace create(String prefix) throws IOException {
        Workspace workspace = new Workspace(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(workspace.onInterrupt);
        return workspace;
    }

    public Path directory() {
        return directory;
    }

    /** Leaves it where it is, for whoever must find out what went wrong. */
    public void keep() {
        kept = true;
    }

    private void interrupted() {
        Spawned.killAll();
        remove();
    }

    private void remove() {
        if (kept || !Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("could not remove " + directory, failure);
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException shuttingDown) {
            // The hook does the rest.
        }
    }
}
