package io.genapi.worker.store;

import io.genapi.schemas.job.JobId;
import io.genapi.worker.result.FinishedJobs;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the living result stores, one after the other, until one knows. When a worker has died its jobs are asked about by the
 * thousand: those that come close together are one question.
 */
public final class StoreFinishedJobs implements FinishedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFinishedJobs.class);

    private final Supplier<List<URI>> stores;
    private final StoreQuestions questions;
    private final Gathering<JobId, Standing> gathering;

    /**
     * @param stores where the living ones answer, asked at each question
     * @param patience with each of them
     * @param gathering how long a question waits for others to go with it
     */
    public StoreFinishedJobs(Supplier<List<URI>> stores, Duration patience, Duration gathering) {
        this.stores = stores;
        this.questions = new StoreQuestions(patience);
        this.gathering = new Gathering<>(StoreQuestions.MOST, gathering, this::ask);
    }

    @Override
    public boolean isFinished(JobId id, int parkNumber) throws InterruptedException {
        return gathering.ask(id).orElse(Standing.UNKNOWN).isDone(parkNumber);
    }

    private Map<JobId, Standing> ask(Set<JobId> ids) throws InterruptedException {
        Map<JobId, Standing> known = new HashMap<>();
        Set<JobId> open = new LinkedHashSet<>(ids);
        for (URI store : stores.get()) {
            if (!open.isEmpty()) {
                questions
                        .ask(store, List.copyOf(open))
                        .forEach((id, standing) -> known.merge(id, standing, Standing::and));
                open.removeIf(id -> known.getOrDefault(id, Standing.UNKNOWN).certain());
            }
        }
        if (!open.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("jobs", open.size())
                    .addKeyValue("first", open.iterator().next())
                    .log("No store knows whether another worker has ended these jobs; they run");
        }
        return known;
    }
}
