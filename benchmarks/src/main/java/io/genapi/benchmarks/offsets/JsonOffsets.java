package io.genapi.benchmarks.offsets;

import io.genapi.inflight.offset.Progress;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/** The baseline for the codec: the finished offsets as a JSON array. */
final class JsonOffsets {

    private JsonOffsets() {}

    static String encode(Progress progress) {
        long[] offsets = progress.finished().stream()
                .flatMapToLong(range -> LongStream.range(range.from(), range.to()))
                .toArray();
        return JsonMapper.shared().writeValueAsString(offsets);
    }

    static long[] decode(String json) {
        return JsonMapper.shared().readValue(json, long[].class);
    }
}
