package io.genapi.gateway.peer;

import io.genapi.runtime.notice.CatalogNotices;
import io.genapi.runtime.reload.ReloadAnswer;
import io.genapi.runtime.reload.ReloadOutcome;
import io.genapi.schemas.control.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Has this process and all others that need the catalog read it now. Thread-safe. */
public final class CatalogReloads {

    /** A worker may have to wait for Kafka to create a topic. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How often it is looked whether those that have not answered still live. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final CatalogNotices notices;
    private final Supplier<ReloadAnswer> own;
    private final Supplier<List<Heartbeat>> others;
    private final LongSupplier nanoTicker;

    /**
     * @param own has this process read it
     * @param others the living ones
     */
    public CatalogReloads(
            CatalogNotices notices,
            Supplier<ReloadAnswer> own,
            Supplier<List<Heartbeat>> others,
            LongSupplier nanoTicker) {
        this.notices = notices;
        this.own = own;
        this.others = others;
        this.nanoTicker = nanoTicker;
    }

    /** What each says, this one first; the others are told at once. */
    public List<ReloadAnswer> everywhere() throws InterruptedException {
        List<Heartbeat> asked = others.get();
        try (CatalogNotices.Question question =
                notices.ask(asked.stream().map(Heartbeat::instance).toList())) {
            List<ReloadAnswer> answers = new ArrayList<>();
            answers.add(own.get());
            await(question, asked);
            asked.forEach(peer -> answers.add(answer(peer, question.of(peer.instance()))));
            return List.copyOf(answers);
        }
    }

    /** Returns when all have answered that still live, or when that takes too long. */
    private void await(CatalogNotices.Question question, List<Heartbeat> asked) throws InterruptedException {
        CompletableFuture<Void> all = CompletableFuture.allOf(
                asked.stream().map(peer -> question.of(peer.instance())).toArray(CompletableFuture<?>[]::new));
        long end = nanoTicker.getAsLong() + PATIENCE.toNanos();
        while (!all.isDone() && nanoTicker.getAsLong() < end) {
            try {
                all.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException waiting) {
                giveUpThoseThatAreGone(question, asked);
            } catch (ExecutionException | CancellationException silence) {
                return;
            }
        }
    }

    private void giveUpThoseThatAreGone(CatalogNotices.Question question, List<Heartbeat> asked) {
        Set<String> living = new HashSet<>();
        others.get().forEach(peer -> living.add(peer.instance()));
        asked.stream()
                .map(Heartbeat::instance)
                .filter(peer -> !living.contains(peer))
                .forEach(peer -> question.of(peer).cancel(false));
    }

    private static ReloadAnswer answer(Heartbeat peer, CompletableFuture<ReloadOutcome> answer) {
        String service = peer.service().name().toLowerCase(Locale.ROOT);
        return switch (answer.state()) {
            case SUCCESS -> ReloadAnswer.of(service, peer.instance(), answer.resultNow());
            case FAILED -> silent(service, peer, " (Kafka did not take the question: " + answer.exceptionNow() + ")");
            case CANCELLED -> silent(service, peer, " (it has stopped)");
            case RUNNING -> silent(service, peer, " within " + PATIENCE.toSeconds() + " s");
        };
    }

    private static ReloadAnswer silent(String service, Heartbeat peer, String why) {
        return ReloadAnswer.silent(
                service,
                peer.instance(),
                "It gave no answer" + why + "; it reads the file by itself when that changes.");
    }
}
