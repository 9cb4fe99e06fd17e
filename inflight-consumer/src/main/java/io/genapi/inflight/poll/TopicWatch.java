package io.genapi.inflight.poll;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up which topics the partitions are of: once for new ones, and from time to time for all. Poll thread only. */
final class TopicWatch {

    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** The ids that were found for the topics of these partitions. */
    record Seen(Set<TopicPartition> partitions, Map<String, Uuid> ids) {

        Optional<Uuid> topicOf(TopicPartition partition) {
            return Optional.ofNullable(ids.get(partition.topic()));
        }
    }

    private final TopicIds ids;
    private Set<TopicPartition> askedFor = Set.of();
    private @Nullable CompletableFuture<Map<String, Uuid>> answer;
    private long notBefore;

    TopicWatch(TopicIds ids, long tick) {
        this.ids = ids;
        this.notBefore = tick;
    }

    /**
     * What was last asked, if the answer is there; otherwise asks, if it is time to or there are new partitions.
     *
     * @param fresh those of the partitions of which nothing is known yet
     */
    Optional<Seen> look(Set<TopicPartition> fresh, Collection<TopicPartition> others, long tick) {
        if (answer == null && (tick - notBefore >= 0 || (!fresh.isEmpty() && !askedFor.containsAll(fresh)))) {
            ask(fresh, others, tick);
        }
        if (answer == null || !answer.isDone()) {
            return Optional.empty();
        }
        CompletableFuture<Map<String, Uuid>> done = answer;
        answer = null;
        try {
            return Optional.of(new Seen(askedFor, done.join()));
        } catch (CompletionException failure) {
            log.warn("the ids of the topics of {} could not be looked up yet", askedFor, failure.getCause());
            notBefore = tick + AFTER_FAILURE.toNanos();
            return Optional.empty();
        }
    }

    /** An answer that is on its way says nothing of fresh partitions; they are asked about once more. */
    void lookAgain() {
        askedFor = Set.of();
    }

    private void ask(Set<TopicPartition> fresh, Collection<TopicPartition> others, long tick) {
        Set<TopicPartition> all = new HashSet<>(fresh);
        all.addAll(others);
        Set<String> topics = new HashSet<>();
        all.forEach(partition -> topics.add(partition.topic()));
        askedFor = all;
        notBefore = tick + BETWEEN_LOOKS.toNanos();
        if (!topics.isEmpty()) {
            answer = ids.lookUp(topics);
        }
    }
}
