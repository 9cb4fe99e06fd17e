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

/** Gets how far many jobs have come from the processes that have them, each asked once. Thread-safe. */
public final class StandingRouter {

    private final StandingLookup lookup;
    private final Owners owners;
    private final PeerClient peers;

    public StandingRouter(StandingLookup lookup, Owners owners, PeerClient peers) {
        this.lookup = lookup;
        this.owners = owners;
        this.peers = peers;
    }

    /**
     * What this process and its peers know.
     *
     * @param patience with those whose table lags behind Kafka
     */
    Standings find(List<JobId> ids, Duration patience) throws InterruptedException {
        List<JobId> here = new ArrayList<>();
        List<JobId> unclear = new ArrayList<>();
        Map<URI, List<JobId>> elsewhere = new LinkedHashMap<>();
        for (JobId id : ids) {
            switch (owners.of(id)) {
                case Ownership.Here() -> here.add(id);
                // The owner alone: a copy may lag behind, and would have to say that it does not know.
                case Ownership.There(List<URI> stores) ->
                    elsewhere
                            .computeIfAbsent(stores.getFirst(), _ -> new ArrayList<>())
                            .add(id);
                case Ownership.Unclear(String _) -> unclear.add(id);
            }
        }
        Standings all = findHere(here, patience).and(Standings.unknown(unclear));
        for (Map.Entry<URI, List<JobId>> peer : elsewhere.entrySet()) {
            all = all.and(ask(peer.getKey(), peer.getValue(), patience));
        }
        return all;
    }

    /** What this process alone knows: another one took it for the owner. */
    Standings findHere(List<JobId> ids, Duration patience) throws InterruptedException {
        return lookup.find(ids, patience);
    }

    private Standings ask(URI store, List<JobId> ids, Duration patience) throws InterruptedException {
        return peers.post(
                        store,
                        "/store/standings?wait_ms=" + patience.toMillis(),
                        StandingDocument.question(ids),
                        patience)
                .filter(answer -> answer.statusCode() == 200)
                .flatMap(answer -> read(answer.body()))
                .orElseGet(() -> Standings.unknown(ids));
    }

    private static Optional<Standings> read(byte[] answer) {
        try {
            return Optional.of(StandingDocument.readAnswer(answer));
        } catch (InvalidParameterException notAStore) {
            return Optional.empty();
        }
    }
}
