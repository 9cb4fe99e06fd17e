package io.genapi.gateway.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Files and batches: {@code genapi.gateway.batch.*}.
 *
 * @param window how long a batch has; never longer than Kafka keeps results. What it has not done then is left out.
 * @param maxFileBytes of one file
 * @param maxFiles of one tenant
 * @param fileLife how long a file is kept of which its caller says nothing; how long a batch is remembered, too
 * @param uploadPatience how long one file may take to come
 * @param maxUploads at once
 * @param maxOpenBatches of one tenant at once
 * @param maxOpenLines of all batches that this gateway runs, at once; no batch has more than half of them
 * @param maxOpenBytes in memory, of those lines that Kafka does not have yet; beyond it each batch may hold one line
 */
public record BatchSettings(
        @DefaultValue("24h") Duration window,
        @DefaultValue("200MB") DataSize maxFileBytes,
        @DefaultValue("10000") int maxFiles,
        @DefaultValue("30d") Duration fileLife,
        @DefaultValue("30m") Duration uploadPatience,
        @DefaultValue("32") int maxUploads,
        @DefaultValue("100") int maxOpenBatches,
        @DefaultValue("1000") int maxOpenLines,
        @DefaultValue("64MB") DataSize maxOpenBytes) {

    /** What callers ask for, and all that they can ask for. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(24);

    public BatchSettings {
        requirePositive("window", window.toSeconds());
        if (window.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("genapi.gateway.batch.window is " + window
                    + "; set it to at most 24h, which is what callers ask for");
        }
        requirePositive("max-file-bytes", maxFileBytes.toBytes());
        requirePositive("max-files", maxFiles);
        requirePositive("max-uploads", maxUploads);
        requirePositive("max-open-batches", maxOpenBatches);
        requirePositive("max-open-lines", maxOpenLines);
        requirePositive("max-open-bytes", maxOpenBytes.toBytes());
        requirePositive("file-life", fileLife.toSeconds());
        requirePositive("upload-patience", uploadPatience.toSeconds());
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "genapi.gateway.batch." + name + " is " + value + "; set it to at least 1");
        }
    }
}
