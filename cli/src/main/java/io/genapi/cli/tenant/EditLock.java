package io.genapi.cli.tenant;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps this command's other runs from editing a file that is replaced by its next version. To be closed by its thread. */
final class EditLock implements AutoCloseable {

    /** The system's locks are a process' own, whichever of its threads asks. */
    private static final ReentrantLock WITHIN_THIS_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private EditLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until nobody else has it. */
    static EditLock on(Path file) throws IOException {
        WITHIN_THIS_PROCESS.lock();
        try {
            Optional<EditLock> lock = attempt(file);
            while (lock.isEmpty()) {
                lock = attempt(file);
            }
            return lock.get();
        } catch (IOException | RuntimeException failure) {
            WITHIN_THIS_PROCESS.unlock();
            throw failure;
        }
    }

    /** Empty where what was locked has been replaced meanwhile: the lock is on a file that nobody reads any more. */
    private static Optional<EditLock> attempt(Path file) throws IOException {
        Optional<Object> before = identity(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            var _ = channel.lock();
            if (identity(file).equals(before)) {
                return Optional.of(new EditLock(channel));
            }
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        return Optional.empty();
    }

    private static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            WITHIN_THIS_PROCESS.unlock();
        }
    }
}
