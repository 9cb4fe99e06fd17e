package io.genapi.worker.telemetry;

import io.genapi.runtime.claim.BodyOpening;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.worker.body.Bodies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts bodies that could not be opened, and tells of them: not more often than it helps where many jobs wait. */
public final class ObservedBodies implements Bodies {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedBodies.class);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Bodies bodies;
    private final ErrorCounter errors;
    private final InstantSource clock;
    private final AtomicReference<Instant> told = new AtomicReference<>(Instant.MIN);

    public ObservedBodies(Bodies bodies, ErrorCounter errors, InstantSource clock) {
        this.bodies = bodies;
        this.errors = errors;
        this.clock = clock;
    }

    @Override
    public BodyOpening open(ClaimCheck claim) throws InterruptedException {
        BodyOpening opening = bodies.open(claim);
        switch (opening) {
            case BodyOpening.Opened _ -> {
                // As it should be.
            }
            case BodyOpening.Lost(var reason) -> {
                errors.count("request_body_lost", "blob");
                LOG.atError()
                        .addKeyValue("blob", claim.key())
                        .addKeyValue("bytes", claim.length())
                        .log("The body of a request is lost: {}", reason);
            }
            case BodyOpening.Unavailable(var reason) -> {
                errors.count("request_body_unavailable", "blob");
                tell(claim, reason);
            }
        }
        return opening;
    }

    private void tell(ClaimCheck claim, String reason) {
        Instant now = clock.instant();
        Instant last = told.get();
        if (last.isBefore(now.minus(QUIET)) && told.compareAndSet(last, now)) {
            LOG.atWarn()
                    .addKeyValue("blob", claim.key())
                    .log("Jobs wait for their bodies until their deadlines. {}", reason);
        }
    }
}
