package io.genapi.inflight.simulation;

import io.genapi.inflight.offset.DecodedMetadata;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.OffsetRange;
import io.genapi.inflight.offset.Progress;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** What a commit says about the records that exist. */
final class Claims {

    private Claims() {}

    static Progress progress(OffsetAndMetadata commit) {
        return switch (OffsetMapCodec.decode(commit.offset(), commit.metadata())) {
            case DecodedMetadata.Known(Progress progress) -> progress;
            case DecodedMetadata.Absent() -> Progress.upTo(commit.offset());
            case DecodedMetadata.Unreadable(String reason) -> throw new IllegalStateException(reason);
        };
    }

    /** The records that whoever goes on from that commit takes for finished, by their ids. */
    static Set<Long> finished(SimulatedLog log, OffsetAndMetadata commit) {
        Progress progress = progress(commit);
        long position = log.validated(commit.offset(), commit.leaderEpoch());
        int epoch = progress.leaderEpoch().orElse(Integer.MAX_VALUE);
        Set<Long> ids = new HashSet<>();
        log.below(position).forEach(entry -> ids.add(entry.id()));
        for (OffsetRange range : progress.finished()) {
            for (Entry entry : log.between(range.from(), range.to())) {
                if (entry.epoch() <= epoch) {
                    ids.add(entry.id());
                }
            }
        }
        return ids;
    }
}
