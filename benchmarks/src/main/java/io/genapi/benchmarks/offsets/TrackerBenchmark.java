package io.genapi.benchmarks.offsets;

import io.genapi.inflight.offset.OffsetWindow;
import io.genapi.inflight.offset.Progress;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One partition with so many records in flight, which finish in any order. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrackerBenchmark {

    private static final long SEED = 7;

    /** Of the Kafka records; one epoch, as with a leader that stays. */
    private static final OptionalInt EPOCH = OptionalInt.of(3);

    @Param({"1000", "20000"})
    public int inFlight;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private long[] running = {};
    private long next;
    private OffsetWindow window = OffsetWindow.from(Progress.upTo(0));
    private FinishedSet set = new FinishedSet();

    /** Brings both to a state in which the gaps lie as they do after a long run. */
    @Setup
    public void fill() {
        window = OffsetWindow.from(Progress.upTo(0));
        set = new FinishedSet();
        running = new long[inFlight];
        for (next = 0; next < inFlight; next++) {
            running[(int) next] = next;
            var _ = window.arrived(next, EPOCH);
            window.started(next);
        }
        for (int turn = 0; turn < 10 * inFlight; turn++) {
            int place = random.nextInt(inFlight);
            turnWindow(place);
            set.finished(running[place]);
            running[place] = next++;
        }
    }

    private void turnWindow(int place) {
        var _ = window.finished(running[place]);
        var _ = window.arrived(next, EPOCH);
        window.started(next);
    }

    /** A record finishes, and another one arrives and starts. */
    @Benchmark
    public long turn() {
        int place = random.nextInt(inFlight);
        turnWindow(place);
        running[place] = next++;
        return next;
    }

    @Benchmark
    public long turnBaseline() {
        int place = random.nextInt(inFlight);
        set.finished(running[place]);
        running[place] = next++;
        return next;
    }

    /** What a commit is made of. */
    @Benchmark
    public Progress progress() {
        return window.progress();
    }

    @Benchmark
    public List<Long> progressBaseline() {
        return set.progress();
    }
}
