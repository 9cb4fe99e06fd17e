package io.genapi.inflight.poll;

import io.genapi.inflight.poll.FormerOwners.InHand;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks former owners from time to time what they still have in hand of what they had promised. One that set a record aside
 * or gave it up, or died with it, will not finish it, and the record need not wait for the end of its lease. Poll thread
 * only, but for the asking.
 */
final class Reviews<K, V> {

    private static final Duration BETWEEN_REVIEWS = Duration.ofSeconds(10);

    private record Review<K, V>(List<PartitionIntake<K, V>> intakes, Claims.Question question) {}

    private final Optional<FormerOwners> owners;
    private final Executor executor;
    private @Nullable Review<K, V> current;
    private long next;

    Reviews(Optional<FormerOwners> owners, Executor executor, long tick) {
        this.owners = owners;
        this.executor = executor;
        next = tick + BETWEEN_REVIEWS.toNanos();
    }

    /** Takes in the last answer, and asks again when it is time. An intake that is gone by then is told for nothing. */
    void turn(Collection<PartitionIntake<K, V>> intakes, long tick) {
        Review<K, V> asked = current;
        if (asked != null && asked.question().answer().isDone()) {
            InHand answer = asked.question().answer().join();
            asked.intakes().forEach(intake -> intake.reviewed(answer));
            current = null;
        }
        if (owners.isPresent() && current == null && tick - next >= 0) {
            next = tick + BETWEEN_REVIEWS.toNanos();
            ask(
                    owners.get(),
                    intakes.stream().filter(PartitionIntake::isToBeReviewed).toList(),
                    tick);
        }
    }

    private void ask(FormerOwners all, List<PartitionIntake<K, V>> intakes, long tick) {
        if (!intakes.isEmpty()) {
            Claims.Question question = Claims.Question.about(
                    intakes.stream().map(PartitionIntake::partition).toList(), all, tick);
            current = new Review<>(intakes, question);
            executor.execute(question);
        }
    }
}
