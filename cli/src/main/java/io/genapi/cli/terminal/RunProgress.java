package io.genapi.cli.terminal;

import io.genapi.cli.run.RunListener;
import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A run's progress: a bar with rate, counts and time left on a terminal; elsewhere a line per tenth of the work. */
public final class RunProgress implements RunListener {

    private final PrintWriter plain;
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile long total;
    private volatile @Nullable ProgressBar bar;

    /** @param plain where lines go if there is no terminal */
    public RunProgress(PrintWriter plain) {
        this.plain = plain;
    }

    @Override
    public void begin(long jobs, long succeededBefore, long failedBefore) {
        total = jobs;
        succeeded.set(succeededBefore);
        failed.set(failedBefore);
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            bar = new ProgressBarBuilder()
                    .setTaskName("jobs")
                    .setInitialMax(jobs)
                    .startsFrom(succeededBefore + failedBefore, java.time.Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed()
                    .setUpdateIntervalMillis(250)
                    .build();
        }
    }

    @Override
    public void finished(boolean success) {
        long ok = success ? succeeded.incrementAndGet() : succeeded.get();
        long bad = success ? failed.get() : failed.incrementAndGet();
        ProgressBar shown = bar;
        if (shown != null) {
            shown.setExtraMessage(" done " + ok + ", failed " + bad);
            shown.step();
        } else if ((ok + bad) % Math.max(1, total / 10) == 0) {
            plain.printf("%d of %d jobs: done %d, failed %d%n", ok + bad, total, ok, bad);
            plain.flush();
        }
    }

    @Override
    public void end() {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.close();
        }
    }
}
