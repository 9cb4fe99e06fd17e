package io.genapi.inflight.poll;

import io.genapi.inflight.poll.FormerOwners.InHand;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks former owners for what they have in hand of partitions that are new here. Poll thread only, but for the asking. */
final class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    /** How long new partitions wait for the answer. One that hangs holds up intake no longer. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** One question, asked on the thread that runs it. */
    record Question(Set<TopicPartition> partitions, FormerOwners owners, long askedAt, CompletableFuture<InHand> answer)
            implements Runnable {

        static Question about(Collection<TopicPartition> partitions, FormerOwners owners, long tick) {
            return new Question(Set.copyOf(partitions), owners, tick, new CompletableFuture<>());
        }

        @Override
        public void run() {
            try {
                answer.complete(owners.claim(partitions));
            } catch (Throwable unknown) {
                log.warn("former owners of {} could not be asked; what they run may run again", partitions, unknown);
                answer.complete(InHand.UNKNOWN);
            }
        }

        private boolean isOpen(long tick) {
            return !answer.isDone() && tick - askedAt < PATIENCE.toNanos();
        }
    }

    private final Optional<FormerOwners> owners;
    private final Executor executor;

    /** By partition, the last question about it. */
    private final Map<TopicPartition, Question> questions = new HashMap<>();

    Claims(Optional<FormerOwners> owners, Executor executor) {
        this.owners = owners;
        this.executor = executor;
    }

    void ask(Collection<TopicPartition> assigned, long tick) {
        if (owners.isEmpty() || assigned.isEmpty()) {
            return;
        }
        Question question = Question.about(assigned, owners.get(), tick);
        assigned.forEach(partition -> questions.put(partition, question));
        executor.execute(question);
    }

    /** Those of the partitions of which it is known by now who has what in hand, or is waited for no longer. */
    Set<TopicPartition> settled(Set<TopicPartition> partitions, long tick) {
        if (questions.isEmpty()) {
            return partitions;
        }
        Set<TopicPartition> settled = new HashSet<>(partitions);
        settled.removeIf(partition ->
                questions.containsKey(partition) && questions.get(partition).isOpen(tick));
        return settled;
    }

    /** What others have in hand; forgotten with the answer. */
    InHand take(TopicPartition partition) {
        Question question = questions.remove(partition);
        if (question == null) {
            return InHand.UNKNOWN;
        }
        if (!question.answer().isDone()) {
            log.warn("former owners of {} did not answer in {}; what they run may run again", partition, PATIENCE);
        }
        return question.answer().getNow(InHand.UNKNOWN);
    }

    void forget(Collection<TopicPartition> partitions) {
        questions.keySet().removeAll(partitions);
    }
}
