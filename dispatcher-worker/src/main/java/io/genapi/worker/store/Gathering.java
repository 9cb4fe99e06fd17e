package io.genapi.worker.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Puts questions that come close together into one: who asks first waits a moment for others and then asks for all.
 * Thread-safe.
 */
final class Gathering<Q, A> {

    /** Asks for all at once; a question that it has no answer to is left out. */
    @FunctionalInterface
    interface Asking<Q, A> {
        Map<Q, A> ask(Set<Q> questions) throws InterruptedException;
    }

    private final int most;
    private final Duration patience;
    private final Asking<Q, A> asking;

    /** The one that is still open to others. Guarded by this. */
    private Optional<Round<Q, A>> open = Optional.empty();

    /**
     * @param most that are asked at once
     * @param patience for others to come
     */
    Gathering(int most, Duration patience, Asking<Q, A> asking) {
        this.most = most;
        this.patience = patience;
        this.asking = asking;
    }

    private static final class Round<Q, A> {
        private final Set<Q> questions = new HashSet<>();
        private final CountDownLatch full = new CountDownLatch(1);

        /** Failed if the one who asked for all was interrupted. */
        private final CompletableFuture<Map<Q, A>> answers = new CompletableFuture<>();
    }

    /** Empty if there is no answer. */
    Optional<A> ask(Q question) throws InterruptedException {
        while (true) {
            Round<Q, A> round;
            boolean first;
            synchronized (this) {
                first = open.isEmpty();
                round = open.orElseGet(Round::new);
                round.questions.add(question);
                open = Optional.of(round);
                if (round.questions.size() == most) {
                    open = Optional.empty();
                    round.full.countDown();
                }
            }
            if (first) {
                askForAll(round);
            }
            try {
                return Optional.ofNullable(round.answers.get().get(question));
            } catch (ExecutionException interruptedForAll) {
                // Its own thread was not the one that was interrupted: in the next round.
            }
        }
    }

    private void askForAll(Round<Q, A> round) throws InterruptedException {
        try {
            boolean _ = round.full.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            close(round);
            round.answers.complete(asking.ask(round.questions));
        } finally {
            close(round);
            // Without effect where it is complete.
            round.answers.completeExceptionally(new IllegalStateException("the question was broken off"));
        }
    }

    private synchronized void close(Round<Q, A> round) {
        open = open.filter(other -> other != round);
    }
}
