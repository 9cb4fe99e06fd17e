package io.genapi.cli.run;

import java.nio.file.Path;

/** What a run left behind. */
public record RunSummary(long total, long succeeded, long failed, Path out) {

    public long open() {
        return total - succeeded - failed;
    }
}
