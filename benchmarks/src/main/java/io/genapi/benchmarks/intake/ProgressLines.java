package io.genapi.benchmarks.intake;

import io.genapi.benchmarks.contender.Contender;
import io.genapi.benchmarks.contender.Entry;
import java.util.Locale;
import java.util.function.Consumer;

/** A line for every tenth of a contender's jobs. */
final class ProgressLines implements Contender.Listener {

    private static final int LINES = 10;

    private final Entry entry;
    private final Consumer<String> target;
    private long told;

    ProgressLines(Entry entry, Consumer<String> target) {
        this.entry = entry;
        this.target = target;
    }

    @Override
    public void progress(long ended, int inFlight) {
        long tenths = ended * LINES / entry.jobs();
        if (tenths > told) {
            told = tenths;
            target.accept(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d jobs done, %,d in flight",
                    entry.title(),
                    ended,
                    entry.jobs(),
                    inFlight));
        }
    }
}
