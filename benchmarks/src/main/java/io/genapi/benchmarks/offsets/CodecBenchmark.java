package io.genapi.benchmarks.offsets;

import io.genapi.inflight.offset.DecodedMetadata;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.Progress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A commit's metadata, written and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    @Param
    public OffsetMap map = OffsetMap.SPARSE;

    private Progress progress = OffsetMap.SPARSE.progress();
    private String text = "";
    private String json = "";

    @Setup
    public void write() {
        progress = map.progress();
        text = OffsetMapCodec.encode(progress);
        json = JsonOffsets.encode(progress);
    }

    @Benchmark
    public String encode() {
        return OffsetMapCodec.encode(progress);
    }

    @Benchmark
    public String encodeBaseline() {
        return JsonOffsets.encode(progress);
    }

    @Benchmark
    public DecodedMetadata decode() {
        return OffsetMapCodec.decode(progress.offset(), text);
    }

    @Benchmark
    public long[] decodeBaseline() {
        return JsonOffsets.decode(json);
    }
}
