package io.genapi.systemtests;

import io.genapi.chaos.process.Spawned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file system in memory, which only root may mount. */
final class SmallDisk implements AutoCloseable {

    private static final long LEFT_FREE = 64L << 20;

    private final Path path;
    private final Thread unmountAtExit = new Thread(this::unmount, "unmount");

    private SmallDisk(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(unmountAtExit);
    }

    /** Empty where this user may not. */
    static Optional<SmallDisk> mount(Path path) throws IOException {
        return mount(path, "600m");
    }

    /**
     * Empty where this user may not.
     *
     * @param size as mount(8) wants it
     */
    static Optional<SmallDisk> mount(Path path, String size) throws IOException {
        Files.createDirectories(path);
        int exitCode = run(path, "mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
        return exitCode == 0 ? Optional.of(new SmallDisk(path)) : Optional.empty();
    }

    Path path() {
        return path;
    }

    /** Writes a file that leaves less space than the broker asks for, but some for what it must still write. */
    Path fillUp() throws IOException {
        Path ballast = path.resolve("ballast");
        byte[] piece = new byte[1 << 20];
        try (var out = Files.newOutputStream(ballast)) {
            while (Files.getFileStore(path).getUsableSpace() > LEFT_FREE) {
                out.write(piece);
            }
        }
        return ballast;
    }

    private static int run(Path path, String... command) {
        try (Spawned mount = Spawned.start(command[0], path.resolveSibling("mount"), List.of(command), Map.of())) {
            return mount.awaitEnd();
        } catch (java.io.UncheckedIOException absent) {
            return -1;
        }
    }

    private void unmount() {
        int exitCode = run(path, "umount", "--lazy", path.toString());
        if (exitCode != 0) {
            System.err.println("Could not unmount " + path + "; do it with: umount " + path);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(unmountAtExit);
        unmount();
    }
}
