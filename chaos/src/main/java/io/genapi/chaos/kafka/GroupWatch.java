package io.genapi.chaos.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/** Who is in a consumer group and what it has, as Kafka tells it every few dozen milliseconds. Thread-safe. */
public final class GroupWatch implements AutoCloseable {

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(25);

    private final Admin admin;
    private final String group;
    private final String topic;
    private final List<View> views = new ArrayList<>();
    private final Thread watcher;
    private volatile boolean closed;

    /**
     * The group as it was from a moment on.
     *
     * @param members each with its partitions of the watched topic
     */
    public record View(Instant at, Map<String, Set<Integer>> members) {}

    /**
     * A member whose death Kafka noticed.
     *
     * @param partitions of the watched topic that were its own
     */
    public record Departure(Instant noticed, Set<Integer> partitions) {}

    private GroupWatch(String bootstrapServers, String group, String topic) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.group = group;
        this.topic = topic;
        this.watcher = Thread.ofPlatform().name("group-watch").daemon().unstarted(this::run);
    }

    /** Begins to look; the first view is there when it returns. */
    public static GroupWatch start(String bootstrapServers, String group, String topic) {
        GroupWatch watch = new GroupWatch(bootstrapServers, group, topic);
        watch.look();
        watch.watcher.start();
        return watch;
    }

    private void run() {
        while (!closed) {
            look();
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private void look() {
        try {
            admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .values()
                    .forEach(description -> remember(new View(Instant.now(), membersOf(description))));
        } catch (ExecutionException notNow) {
            // A coordinator that moves answers again soon; the next look tells.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private Map<String, Set<Integer>> membersOf(ConsumerGroupDescription description) {
        return description.members().stream()
                .collect(Collectors.toMap(
                        MemberDescription::consumerId,
                        member -> member.assignment().topicPartitions().stream()
                                .filter(partition -> partition.topic().equals(topic))
                                .map(TopicPartition::partition)
                                .collect(Collectors.toSet())));
    }

    private synchronized void remember(View view) {
        if (views.isEmpty() || !views.getLast().members().equals(view.members())) {
            views.add(view);
        }
    }

    /** The group as it is. */
    public synchronized View now() {
        return views.getLast();
    }

    /** The first members that left since the view was taken, with what was theirs in it. */
    public synchronized Optional<Departure> firstDeparture(View before) {
        for (View view : views) {
            Map<String, Set<Integer>> gone = new HashMap<>(before.members());
            gone.keySet().removeAll(view.members().keySet());
            if (view.at().isAfter(before.at()) && !gone.isEmpty()) {
                Set<Integer> partitions = new HashSet<>();
                gone.values().forEach(partitions::addAll);
                return Optional.of(new Departure(view.at(), partitions));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        try {
            watcher.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        admin.close();
    }
}
