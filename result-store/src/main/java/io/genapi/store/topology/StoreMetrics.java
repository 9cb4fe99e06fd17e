package io.genapi.store.topology;

import io.genapi.schemas.job.JobStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** What the topology counts. Thread-safe. */
public final class StoreMetrics {
    private static final String COMPONENT = "result-store";
    private final MeterRegistry meters;
    private final Map<JobStatus, Counter> transitions = new EnumMap<>(JobStatus.class);
    private final Counter duplicateResults;
    private final Counter swept;

    public StoreMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (JobStatus status : JobStatus.values()) {
            transitions.put(
                    status,
                    Counter.builder("genapi.store.transitions")
                            .description("Jobs that came into a state")
                            .tag("status", status.wireName())
                            .register(meters));
        }
        this.duplicateResults = Counter.builder("genapi.duplicate.results")
                .description("Results of jobs that had their end already")
                .register(meters);
        this.swept = Counter.builder("genapi.store.swept")
                .description("Jobs forgotten because their retention was over")
                .register(meters);
    }

    void entered(JobStatus status) {
        Counter counter = transitions.get(status);
        if (counter != null) {
            counter.increment();
        }
    }

    void duplicateResult() {
        duplicateResults.increment();
    }

    /** The store itself ends a job. */
    void endedHere(JobStatus status) {
        Counter.builder("genapi.store.ends")
                .description("Ends that the store wrote, of jobs that no worker ended in time")
                .tag("status", status.wireName())
                .register(meters)
                .increment();
    }

    void swept(int jobs) {
        swept.increment(jobs);
    }

    /** @param type what went wrong, as a short lower-case word */
    public void error(String type) {
        Counter.builder("genapi.errors")
                .tag("error_type", type)
                .tag("component", COMPONENT)
                .register(meters)
                .increment();
    }
}
