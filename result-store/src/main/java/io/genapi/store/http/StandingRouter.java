package io.genapi.store.http;

import io.genapi.schemas.job.JobId;
import io.genapi.store.query.Owners;
import io.genapi.store.query.Ownership;
import io.genapi.store.query.StandingLookup;
import io.genapi.store.query.Standings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Gets how far many jobs have come from the processes that have them, all asked at once. Thread-safe. */
public final class StandingRouter {
    /** What is left of a patience for a peer's answer to travel, and for the one who asks to get his. */
    private static final Duration TRAVEL = Duration.ofSeconds(1);

    private final StandingLookup lookup;
    private final Owners owners;
    private final PeerClient peers;

    public StandingRouter(StandingLookup lookup, Owners owners, PeerClient peers) {
        this.lookup = lookup;
        this.owners = owners;
        this.peers = peers;
    }

    /**
     * What this process and its peers know; of jobs whose own store does not answer in time, what copies in this process do.
     *
     * @param patience with all together: with those whose table lags behind Kafka, and with those that do not answer
     */
    Standings find(List<JobId> ids, Duration patience) throws InterruptedException {
        List<JobId> here = new ArrayList<>();
        List<JobId> unclear = new ArrayList<>();
        Map<URI, List<JobId>> elsewhere = new LinkedHashMap<>();
        for (JobId id : ids) {
            switch (owners.of(id)) {
                case Ownership.Here() -> here.add(id);
                // The owner alone: others have copies, which lag behind.
                case Ownership.There(List<URI> stores) ->
                    elsewhere
                            .computeIfAbsent(stores.getFirst(), _ -> new ArrayList<>())
                            .add(id);
                case Ownership.Unclear(String _) -> unclear.add(id);
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Standings>> answers = new ArrayList<>();
            elsewhere.forEach((store, asked) -> answers.add(threads.submit(() -> ask(store, asked, patience))));
            Standings all = findHere(here, patience).and(lookup.findCopies(unclear));
            for (Future<Standings> answer : answers) {
                all = all.and(answer.get());
            }
            return all;
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a question about " + ids.size() + " jobs failed", bug.getCause());
        }
    }

    /** What this process alone knows: another one took it for the owner. */
    Standings findHere(List<JobId> ids, Duration patience) throws InterruptedException {
        return lookup.find(ids, patience);
    }

    private Standings ask(URI store, List<JobId> ids, Duration patience) throws InterruptedException {
        Duration wait = patience.compareTo(TRAVEL) > 0 ? patience.minus(TRAVEL) : Duration.ZERO;
        return peers.post(
                        store,
                        "/store/standings?wait_ms=" + wait.toMillis(),
                        StandingDocument.question(ids),
                        wait.plus(TRAVEL))
                .filter(answer -> answer.statusCode() == 200)
                .flatMap(answer -> read(answer.body()))
                .orElseGet(() -> lookup.findCopies(ids));
    }

    private static Optional<Standings> read(byte[] answer) {
        try {
            return Optional.of(StandingDocument.readAnswer(answer));
        } catch (InvalidParameterException notAStore) {
            return Optional.empty();
        }
    }
}
