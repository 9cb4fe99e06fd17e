package io.genapi.gateway.cancel;

import io.genapi.schemas.control.Attachment;
import io.genapi.schemas.job.JobId;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.function.Consumer;

/**
 * The jobs that callers have come back for, here or at another gateway: they are not abandoned, whoever goes away. Bounded:
 * it forgets those that it heard of longest ago. Thread-safe.
 */
public final class Attachments {

    private final Consumer<Attachment> others;
    private final int capacity;
    private final InstantSource clock;
    private final LinkedHashSet<JobId> known = new LinkedHashSet<>();

    /**
     * @param others tells the other gateways
     * @param capacity jobs that are remembered, at least 1
     */
    public Attachments(Consumer<Attachment> others, int capacity, InstantSource clock) {
        this.others = others;
        this.capacity = capacity;
        this.clock = clock;
    }

    /** A caller has come back for a job to this gateway. */
    public void attached(JobId id) {
        remember(id);
        others.accept(new Attachment(id, clock.instant()));
    }

    /** One has, to whichever gateway. */
    public void heard(Attachment attachment) {
        remember(attachment.id());
    }

    public synchronized boolean any(JobId id) {
        return known.contains(id);
    }

    private synchronized void remember(JobId id) {
        known.addLast(id);
        if (known.size() > capacity) {
            known.removeFirst();
        }
    }
}
