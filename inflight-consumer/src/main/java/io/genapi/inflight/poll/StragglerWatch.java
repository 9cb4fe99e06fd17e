package io.genapi.inflight.poll;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of records that hold their partition's commits back, each partition once per that time. Poll thread only. */
final class StragglerWatch {

    private static final Logger log = LoggerFactory.getLogger(StragglerWatch.class);

    private final String name;
    private final Duration limit;
    private final Map<TopicPartition, Long> toldAt = new HashMap<>();

    StragglerWatch(String name, Duration limit) {
        this.name = name;
        this.limit = limit;
    }

    /** The age of the oldest such record, in nanoseconds; 0 if there is none. */
    <K, V> long look(Collection<PartitionIntake<K, V>> intakes, long now) {
        long oldest = 0;
        for (PartitionIntake<K, V> intake : intakes) {
            intake.observe();
            Running<K, V> straggler = intake.straggler().orElse(null);
            if (straggler != null) {
                long age = now - straggler.startedAt();
                oldest = Math.max(oldest, age);
                if (age >= limit.toNanos() && isNews(intake.partition(), now)) {
                    log.warn(
                            "{}: the record at {} offset {} has been running for {} s and holds back the commits of"
                                    + " {} offsets after it",
                            name,
                            intake.partition(),
                            straggler.offset(),
                            Duration.ofNanos(age).toSeconds(),
                            intake.span() - 1);
                }
            }
        }
        return oldest;
    }

    private boolean isNews(TopicPartition partition, long now) {
        Long last = toldAt.get(partition);
        if (last != null && now - last < limit.toNanos()) {
            return false;
        }
        toldAt.put(partition, now);
        return true;
    }
}
