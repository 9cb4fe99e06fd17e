package io.genapi.cli.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An editor on a file that nobody else can read: of mode 0600, in a directory of mode 0700, in memory where the system
 * has a place for that. When it is closed, or the process is told to end, the editor is stopped, and every file of the
 * directory is overwritten and removed, those too that the editor left beside its own.
 */
public final class EditSession implements AutoCloseable {

    private static final int EDITORS_GRACE_SECONDS = 2;

    private final Path directory;
    private final Path file;
    private final Thread onExit;
    private @Nullable Process editor;

    private EditSession(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("secrets");
        this.onExit = new Thread(this::stopAndWipe, "wipe-secrets");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** @param places for the directory, the best first; one of them has to be writable */
    public static EditSession begin(List<Path> places, byte[] content) throws IOException {
        EditSession session = new EditSession(privateDirectory(places));
        try {
            Files.createFile(
                    session.file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(session.file, content);
            return session;
        } catch (IOException failure) {
            session.close();
            throw failure;
        }
    }

    private static Path privateDirectory(List<Path> places) throws IOException {
        Path place = places.stream()
                .filter(each -> Files.isDirectory(each) && Files.isWritable(each))
                .findFirst()
                .orElseThrow(() -> new IOException("none of " + places + " is a directory to write to"));
        return Files.createTempDirectory(
                place,
                "genapi-secrets",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /**
     * Lets the user edit, until the editor ends.
     *
     * @param command for a shell, such as {@code code --wait}
     * @return its exit code
     */
    public int edit(String command) throws IOException, InterruptedException {
        Process started = new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", file.toString())
                .inheritIO()
                .start();
        synchronized (this) {
            editor = started;
        }
        return started.waitFor();
    }

    public byte[] content() throws IOException {
        return Files.readAllBytes(file);
    }

    @Override
    public void close() {
        stopAndWipe();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException ending) {
            // The hook runs, and finds nothing left to do.
            return;
        }
    }

    private synchronized void stopAndWipe() {
        try {
            stopEditor();
            if (Files.exists(directory)) {
                for (Path each : files()) {
                    overwrite(each);
                    Files.delete(each);
                }
                Files.delete(directory);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("'%s' may still hold secrets; remove it".formatted(directory), failure);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void stopEditor() {
        Process running = editor;
        if (running != null && running.isAlive()) {
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
            try {
                var _ = running.waitFor(EDITORS_GRACE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void overwrite(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 20));
            for (long left = channel.size(); left > 0; left -= zeros.capacity()) {
                zeros.clear().limit((int) Math.min(left, zeros.capacity()));
                while (zeros.hasRemaining()) {
                    var _ = channel.write(zeros);
                }
            }
            channel.force(true);
        }
    }
}
