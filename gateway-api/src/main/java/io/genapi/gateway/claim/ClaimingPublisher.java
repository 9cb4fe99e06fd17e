package io.genapi.gateway.claim;

import io.genapi.gateway.submit.JobPublisher;
import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.JobRequest;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Puts large bodies away before their jobs are published. A place that fails or is slow costs no job: Kafka takes the whole
 * record too. Thread-safe.
 */
public final class ClaimingPublisher implements JobPublisher {

    private final JobPublisher publisher;
    private final PatientPlace place;
    private final Openers openers;
    private final ClaimRules rules;
    private final ClaimNews news;

    public ClaimingPublisher(
            JobPublisher publisher,
            BodyPlace place,
            Openers openers,
            ClaimRules rules,
            ClaimNews news,
            InstantSource clock) {
        this.publisher = publisher;
        this.place = new PatientPlace(place, rules.patience(), clock);
        this.openers = openers;
        this.rules = rules;
        this.news = news;
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
        Optional<ClaimCheck> claim = openers.areThere() ? place.put(request.body()) : Optional.empty();
        if (claim.isEmpty()) {
            news.inRecord();
            return request;
        }
        news.putAway();
        return request.checkedIn(claim.get(), BodyStub.of(body).toJson());
    }
}
