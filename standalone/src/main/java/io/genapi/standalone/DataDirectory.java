package io.genapi.standalone;

import io.genapi.runtime.service.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that this process alone uses, for as long as it is open. The system drops the lock with the process,
 * however that ends, so the lock and not a process id says whether a broker runs.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";

    /** Directories that this process holds: to open such a lock file a second time and close it would drop the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lockFile;

    private DataDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /** @throws StartException if it cannot be written or another process uses it */
    static DataDirectory open(Path directory) {
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            if (!HELD.add(real)) {
                throw inUse(directory);
            }
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                HELD.remove(real);
                throw inUse(directory);
            }
            return new DataDirectory(real, channel);
        } catch (IOException failure) {
            throw new StartException("The data directory '%s' cannot be used (%s). Name another one with --data DIR."
                    .formatted(directory, failure));
        }
    }

    private static StartException inUse(Path directory) {
        return new StartException(("Another broker uses the data directory '%s'. Stop it with ./genapi down, or name"
                        + " another one with --data DIR.")
                .formatted(directory));
    }

    /** Whether a broker runs on the directory, in this process or in another. */
    static boolean isInUse(Path directory) {
        Path lock = directory.resolve(LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        if (isHeldHere(directory)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isHeldHere(Path directory) {
        try {
            return HELD.contains(directory.toRealPath());
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
        HELD.remove(directory);
    }
}
