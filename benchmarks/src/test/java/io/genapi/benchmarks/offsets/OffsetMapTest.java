package io.genapi.benchmarks.offsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.offset.DecodedMetadata;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.Progress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OffsetMapTest {

    @ParameterizedTest
    @EnumSource
    void bothCodecsReadWhatTheyWroteAndOursFitsACommit(OffsetMap map) {
        Progress progress = map.progress();
        String text = OffsetMapCodec.encode(progress);
        assertTrue(text.length() <= 4_096, () -> map + " takes " + text.length());
        assertEquals(new DecodedMetadata.Known(progress), OffsetMapCodec.decode(progress.offset(), text));
        long finished = progress.finished().stream()
                .mapToLong(range -> range.to() - range.from())
                .sum();
        assertEquals(finished, JsonOffsets.decode(JsonOffsets.encode(progress)).length);
    }
}
