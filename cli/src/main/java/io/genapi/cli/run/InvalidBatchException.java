package io.genapi.cli.run;

import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A batch file is wrong; the message names the lines and what to do about each. */
public final class InvalidBatchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 10;

    /** @param mistakes each begins with the line that it is about */
    InvalidBatchException(Path file, List<String> mistakes) {
        super("Nothing was submitted: %s has %d wrong line%s.%n  %s%s"
                .formatted(
                        file,
                        mistakes.size(),
                        mistakes.size() == 1 ? "" : "s",
                        mistakes.stream().limit(SHOWN).collect(Collectors.joining(System.lineSeparator() + "  ")),
                        mistakes.size() > SHOWN ? System.lineSeparator() + "  and more" : ""));
    }
}
