package io.genapi.gateway.claim;

import io.genapi.gateway.submit.JobPublisher;
import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.JobRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts large bodies away before their jobs are published. A place that fails or is slow costs no job: Kafka takes the whole
 * record too, and the place is left alone for a while. Thread-safe.
 */
public final class ClaimingPublisher implements JobPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimingPublisher.class);
    private static final Duration REST = Duration.ofSeconds(10);

    private final JobPublisher publisher;
    private final BodyPlace place;
    private final ClaimRules rules;
    private final ClaimNews news;
    private final InstantSource clock;
    private final ExecutorService puts = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Instant restsUntil = Instant.MIN;

    public ClaimingPublisher(
            JobPublisher publisher, BodyPlace place, ClaimRules rules, ClaimNews news, InstantSource clock) {
        this.publisher = publisher;
        this.place = place;
        this.rules = rules;
        this.news = news;
        this.clock = clock;
    }

    @Override
    public Outcome publish(JobRequest request) throws InterruptedException {
        return publisher.publish(request.body().length > rules.threshold() ? checkedIn(request) : request);
    }

    /** The same request where it is of no form that a stub can tell of, or its body cannot be put away. */
    private JobRequest checkedIn(JobRequest request) throws InterruptedException {
        if (!(ChatRequestReader.read(request.body()) instanceof ChatRequestReading.Valid(var body))) {
            return request;
        }
        Optional<ClaimCheck> claim = clock.instant().isBefore(restsUntil) ? Optional.empty() : put(request);
        if (claim.isEmpty()) {
            news.inRecord();
            return request;
        }
        news.putAway();
        return request.checkedIn(claim.get(), BodyStub.of(body).toJson());
    }

    private Optional<ClaimCheck> put(JobRequest request) throws InterruptedException {
        Future<ClaimCheck> put = puts.submit(() -> place.put(request.body()));
        try {
            return Optional.of(put.get(rules.patience().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException slow) {
            return failed(request, "it did not take one in " + rules.patience());
        } catch (ExecutionException failure) {
            return failed(
                    request,
                    String.valueOf(
                            failure.getCause() == null
                                    ? failure.getMessage()
                                    : failure.getCause().getMessage()));
        } finally {
            put.cancel(true);
        }
    }

    private Optional<ClaimCheck> failed(JobRequest request, String reason) {
        restsUntil = clock.instant().plus(REST);
        LOG.atWarn()
                .addKeyValue("job_id", request.id().value())
                .addKeyValue("bytes", request.body().length)
                .log("The place of blobs takes no request bodies, which travel in Kafka meanwhile: {}", reason);
        return Optional.empty();
    }
}
