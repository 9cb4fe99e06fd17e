package io.genapi.inflight.poll;

import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.lane.LanePermits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** The meters of one consumer; every one is tagged with its name. */
final class LoopMetrics {

    private final Counter finished;
    private final Counter poisoned;
    private final Counter skipped;
    private final Counter setAside;
    private final Counter rewound;
    private final Counter recreated;
    private final MultiGauge spans;
    private final MultiGauge metadataLengths;
    private final MeterRegistry registry;
    private final Tags tags;
    private final LanePermits permits;
    private final List<Gauge> gauges;
    private List<TopicPartition> shown = List.of();

    private volatile long oldestNanos;
    private volatile int paused;
    private volatile int waiting;

    LoopMetrics(MeterRegistry registry, PollSettings settings, Runs<?, ?> runs) {
        tags = Tags.of("consumer", settings.name());
        permits = runs.permits();
        this.registry = registry;
        finished = Counter.builder("inflight.records.finished").tags(tags).register(registry);
        poisoned = Counter.builder("inflight.records.poisoned").tags(tags).register(registry);
        skipped = Counter.builder("inflight.records.skipped")
                .description("read again after a rebalance or restart, and known or found to be finished")
                .tags(tags)
                .register(registry);
        setAside = Counter.builder("inflight.records.set.aside")
                .description("how often a handler said: not now")
                .tags(tags)
                .register(registry);
        rewound = Counter.builder("inflight.partitions.rewound")
                .description("how often a partition's log was cut off or its position set back")
                .tags(tags)
                .register(registry);
        recreated = Counter.builder("inflight.partitions.recreated")
                .description("how often a partition turned out to be of a topic that was deleted and created again")
                .tags(tags)
                .register(registry);
        spans = MultiGauge.builder("inflight.window.span")
                .description("offsets between the lowest unfinished one and the next to be read")
                .tags(tags)
                .register(registry);
        metadataLengths =
                MultiGauge.builder("inflight.commit.metadata.bytes").tags(tags).register(registry);
        gauges = new ArrayList<>(List.of(
                Gauge.builder("inflight.records.running", runs, Runs::inFlight)
                        .tags(tags)
                        .register(registry),
                Gauge.builder("inflight.partitions.paused", this, metrics -> metrics.paused)
                        .tags(tags)
                        .register(registry),
                Gauge.builder("inflight.records.waiting", this, metrics -> metrics.waiting)
                        .description("read, and behind another record of their ordering key or set aside")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("inflight.oldest.age", this, metrics -> metrics.oldestNanos / 1e9)
                        .description("of the longest running record that holds a partition's commits back")
                        .baseUnit("seconds")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("inflight.bytes.running", runs.bytes(), ByteBudget::inFlight)
                        .description("of keys, values and headers of the records that run")
                        .baseUnit("bytes")
                        .tags(tags)
                        .register(registry)));
    }

    /** Another lane is there, at that place. */
    void lane(int place, Lane lane) {
        gauges.add(Gauge.builder("inflight.lane.running", permits, each -> each.running(place))
                .tags(tags.and("lane", lane.name()))
                .register(registry));
    }

    void finished() {
        finished.increment();
    }

    void poisoned() {
        poisoned.increment();
    }

    void skipped(int records) {
        skipped.increment(records);
    }

    void rewound() {
        rewound.increment();
    }

    void recreated() {
        recreated.increment();
    }

    void setAside() {
        setAside.increment();
    }

    <K, V> void observe(Collection<PartitionIntake<K, V>> intakes, int pausedPartitions, long oldest) {
        paused = pausedPartitions;
        oldestNanos = oldest;
        int waitingNow = 0;
        for (PartitionIntake<K, V> intake : intakes) {
            waitingNow += intake.waiting();
        }
        waiting = waitingNow;
        List<TopicPartition> present =
                intakes.stream().map(PartitionIntake::partition).toList();
        if (!present.equals(shown)) {
            shown = present;
            show(intakes);
        }
    }

    private <K, V> void show(Collection<PartitionIntake<K, V>> intakes) {
        List<MultiGauge.Row<?>> spanRows = new ArrayList<>();
        List<MultiGauge.Row<?>> metadataRows = new ArrayList<>();
        for (PartitionIntake<K, V> intake : intakes) {
            TopicPartition partition = intake.partition();
            Tags tags = Tags.of("topic", partition.topic(), "partition", Integer.toString(partition.partition()));
            spanRows.add(MultiGauge.Row.of(tags, intake, PartitionIntake::span));
            metadataRows.add(MultiGauge.Row.of(tags, intake, PartitionIntake::metadataLength));
        }
        spans.register(spanRows, true);
        metadataLengths.register(metadataRows, true);
    }

    /** Gauges would outlive the consumer otherwise, and keep it in memory. */
    void close() {
        show(List.of());
        gauges.forEach(registry::remove);
    }
}
