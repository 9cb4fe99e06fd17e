package io.genapi.benchmarks.batch;

import io.genapi.chaos.cluster.Layout;
import io.genapi.simulator.latency.Latency;
import java.util.List;
import java.util.Locale;

/**
 * What is measured.
 *
 * @param lines of the batch's file, a request each
 * @param lineBytes of each line, with its line feed
 * @param latency of the vendor
 */
public record BatchOptions(int lines, int lineBytes, Latency latency) {

    private static final int MOST_LINES = 50_000;

    /** What stands around a line's question, and some of the question. */
    private static final int SHORTEST_LINE = 250;

    private static final long LARGEST_FILE = 200L << 20;
    private static final int PARTITIONS = 24;

    public BatchOptions {
        if (lines < 1 || lines > MOST_LINES) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "--lines is %,d; give at least 1 and at most %,d", lines, MOST_LINES));
        }
        if (lineBytes < SHORTEST_LINE || (long) lines * lineBytes > LARGEST_FILE) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "--line-bytes is %,d; give at least %d and, with %,d lines, at most %,d: a file may have 200 MiB",
                    lineBytes,
                    SHORTEST_LINE,
                    lines,
                    LARGEST_FILE / lines));
        }
    }

    public Layout layout() {
        return Layout.simulated(1, PARTITIONS, 1, 1, 1, List.of("--journal", "100"));
    }

    long fileBytes() {
        return (long) lines * lineBytes;
    }

    /** A line, from 0, without its line feed. */
    String line(int number) {
        String line = """
                {"custom_id":"line-%d","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini",\
                "messages":[{"role":"user","content":"question %d %%s"}]}}""".formatted(number, number);
        int room = lineBytes - 1 - (line.length() - "%s".length());
        return line.formatted("x".repeat(room));
    }
}
