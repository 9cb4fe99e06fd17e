package io.genapi.inflight.poll;

import io.genapi.inflight.run.DoneCheck;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks from time to time whether a former owner has kept its promises, so that neither commits nor the records behind
 * such a record wait for the whole lease. No answer here makes a record run that is not done; the lease's end does, or
 * {@link Reviews}. For the poll thread; the questions themselves run on threads of their own.
 */
final class HandOverChecks<K, V> {

    private static final Logger log = LoggerFactory.getLogger(HandOverChecks.class);

    /** Questions that are on their way at once, whatever was handed over. */
    private static final int MAX_QUESTIONS = 32;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private record Answer<K, V>(Promise<K, V> promise, boolean done) {}

    /** One question, asked on the thread that runs it. */
    record Question<K, V>(Promise<K, V> promise, DoneCheck<ConsumerRecord<K, V>> check, Queue<Answer<K, V>> answers)
            implements Runnable {

        @Override
        public void run() {
            answers.add(new Answer<>(promise, isDone(promise.held())));
        }

        /** What cannot be handled cannot be asked about either. */
        private boolean isDone(Held<K, V> held) {
            try {
                return held.unfit().isEmpty() && check.alreadyDone(held.record());
            } catch (Throwable unknown) {
                log.debug("whether offset {} is done could not be found out yet", held.offset(), unknown);
                return false;
            }
        }
    }

    private final Executor executor;
    private final Optional<DoneCheck<ConsumerRecord<K, V>>> check;
    private final Queue<Answer<K, V>> answers = new ConcurrentLinkedQueue<>();
    private int questions;
    private long nextLook;

    HandOverChecks(Executor executor, Optional<DoneCheck<ConsumerRecord<K, V>>> check, long tick) {
        this.executor = executor;
        this.check = check;
        nextLook = tick;
    }

    /** Asks what is due. */
    void ask(Collection<PartitionIntake<K, V>> intakes, long tick) {
        if (check.isEmpty() || tick - nextLook < 0) {
            return;
        }
        nextLook = tick + BETWEEN_LOOKS.toNanos();
        for (PartitionIntake<K, V> intake : intakes) {
            for (Promise<K, V> promise : intake.promises()) {
                if (questions >= MAX_QUESTIONS) {
                    return;
                }
                if (promise.isDue(tick)) {
                    ask(promise, check.get());
                }
            }
        }
    }

    private void ask(Promise<K, V> promise, DoneCheck<ConsumerRecord<K, V>> question) {
        promise.asked();
        questions++;
        executor.execute(new Question<>(promise, question, answers));
    }

    /** Takes in what was answered; returns how many records turned out to be done. */
    int takeAnswers(long tick) {
        int done = 0;
        for (Answer<K, V> answer = answers.poll(); answer != null; answer = answers.poll()) {
            questions--;
            Promise<K, V> promise = answer.promise();
            if (!answer.done()) {
                promise.notYet(tick);
            } else if (promise.intake().keptPromise(promise, tick)) {
                done++;
            }
        }
        return done;
    }
}
