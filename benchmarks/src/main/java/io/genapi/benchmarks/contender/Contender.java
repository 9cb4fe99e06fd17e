package io.genapi.benchmarks.contender;

import io.genapi.benchmarks.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;

/** A contender's process, seen from outside. For one thread; {@link #close} may come from any. */
public final class Contender implements AutoCloseable {

    private final ChildJvm process;

    private Contender(ChildJvm process) {
        this.process = process;
    }

    /** Told how far a contender has got. */
    @FunctionalInterface
    public interface Listener {
        void progress(long ended, int inFlight);
    }

    /** @param directory for its standard error and its temporary files */
    public static Contender start(Entry entry, Path directory) throws IOException {
        return new Contender(ChildJvm.start(entry.title(), ContenderMain.class, entry.toArguments(), directory));
    }

    /**
     * Its figures, waited for.
     *
     * @throws io.genapi.benchmarks.process.ChildFailedException if it failed
     */
    public Figures await(Listener listener) throws IOException, InterruptedException {
        while (true) {
            switch (Line.parse(process.line())) {
                case Line.Progress(long ended, int inFlight) -> listener.progress(ended, inFlight);
                case Line.Result(Figures figures) -> {
                    return figures;
                }
            }
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
