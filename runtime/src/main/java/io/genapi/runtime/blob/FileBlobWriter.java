package io.genapi.runtime.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A blob that comes to be as a file, which is moved to its place when it is whole. Used by one thread at a time. */
final class FileBlobWriter extends BlobWriter {

    /** With less than this left, whatever the file system says went wrong, it is full. */
    private static final long NOTHING_LEFT_BYTES = 64 * 1024;

    private final Path incoming;
    private final Path place;
    private final FileChannel channel;
    private boolean committed;

    /** @param incoming empty, and on the same disk as its place */
    FileBlobWriter(Path incoming, Path place) throws IOException {
        this.incoming = incoming;
        this.place = place;
        this.channel = FileChannel.open(incoming, StandardOpenOption.WRITE);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws BlobStoreException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException failure) {
            throw unwritten(incoming, failure);
        }
    }

    @Override
    public void commit() throws BlobStoreException {
        try {
            channel.force(true);
            channel.close();
            Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
            committed = true;
            forceDirectory();
        } catch (IOException failure) {
            throw unwritten(incoming, failure);
        }
    }

    /** The new name itself has to be on the disk, too. */
    private void forceDirectory() throws IOException {
        Path directory = place.getParent();
        if (directory != null) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    @Override
    public void close() throws BlobStoreException {
        try {
            channel.close();
            if (!committed) {
                Files.deleteIfExists(incoming);
            }
        } catch (IOException failure) {
            throw unwritten(incoming, failure);
        }
    }

    static BlobStoreException unwritten(Path where, IOException failure) {
        return isFull(where, failure)
                ? new BlobStoreFullException(
                        "The disk of '%s' is full. Free some space, or set genapi.blob.directory to a directory on another one."
                                .formatted(where),
                        failure)
                : new BlobStoreException("'%s' cannot be written (%s).".formatted(where, failure), failure);
    }

    /** Java has no exception of its own for that; the system's words differ by system, and by language. */
    private static boolean isFull(Path where, IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return true;
        }
        try {
            return Files.getFileStore(where).getUsableSpace() < NOTHING_LEFT_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }
}
