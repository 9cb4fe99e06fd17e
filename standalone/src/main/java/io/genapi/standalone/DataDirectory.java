package io.genapi.standalone;

import io.genapi.runtime.service.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that this process alone uses, for as long as it is open. The system drops the lock with the process,
 * however that ends, so the lock and not a process id says whether a broker runs.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";

    private final FileChannel lockFile;

    private DataDirectory(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /** @throws StartException if it cannot be written or another process uses it */
    static DataDirectory open(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartException(("Another broker uses the data directory '%s'. Stop it with ./genapi down, or"
                                + " name another one with --data DIR.")
                        .formatted(directory));
            }
            return new DataDirectory(channel);
        } catch (IOException failure) {
            throw new StartException("The data directory '%s' cannot be used (%s). Name another one with --data DIR."
                    .formatted(directory, failure));
        }
    }

    /** Whether a broker runs on the directory, in this process or in another. */
    static boolean isInUse(Path directory) {
        Path lock = directory.resolve(LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
