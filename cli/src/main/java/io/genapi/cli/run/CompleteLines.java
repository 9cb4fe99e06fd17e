package io.genapi.cli.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of lines whose last one may be torn, because a process was killed while it wrote. */
final class CompleteLines {

    private CompleteLines() {}

    /** Takes off what stands after the last line feed. Does nothing where there is no file. */
    static void cutOffTheRest(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long end = access.length();
            while (end > 0) {
                access.seek(end - 1);
                if (access.read() == '\n') {
                    break;
                }
                end--;
            }
            access.setLength(end);
        }
    }
}
