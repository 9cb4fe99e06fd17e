package io.genapi.schemas.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file is for, in OpenAI's words. */
public enum FilePurpose {
    /** The requests of a batch. */
    BATCH,
    /** What came of a batch. */
    BATCH_OUTPUT;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FilePurpose> fromWireName(String text) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.wireName().equals(text))
                .findFirst();
    }
}
