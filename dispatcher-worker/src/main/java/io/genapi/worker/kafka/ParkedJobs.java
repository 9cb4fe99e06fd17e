package io.genapi.worker.kafka;

import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.ParkedRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.attempt.Pause;
import io.genapi.worker.dispatch.Dispatched;
import io.genapi.worker.kafka.Delivery.Acknowledged;
import io.genapi.worker.kafka.Delivery.Failed;
import io.genapi.worker.kafka.Delivery.Impossible;
import io.genapi.worker.kafka.Delivery.TooLarge;
import io.genapi.worker.telemetry.ErrorCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where jobs rest until their vendor recovers: {@code genapi.parked.*}. Thread-safe. */
public final class ParkedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedJobs.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RecordSender sender;
    private final TopicNames topics;
    private final String source;
    private final Pause pause;
    private final InstantSource clock;
    private final ErrorCounter errors;
    private final MeterRegistry meters;

    /** @param source this process, as CloudEvents' {@code source} */
    public ParkedJobs(
            RecordSender sender,
            TopicNames topics,
            String source,
            Pause pause,
            InstantSource clock,
            ErrorCounter errors,
            MeterRegistry meters) {
        this.sender = sender;
        this.topics = topics;
        this.source = source;
        this.pause = pause;
        this.clock = clock;
        this.errors = errors;
        this.meters = meters;
    }

    /**
     * Parks a job; the record that it was is done with then. Tries for as long as that needs.
     *
     * @return whether Kafka took it, and the news of it after it; if not, it never will
     */
    boolean park(ConsumerRecord<byte[], byte[]> record, JobRequest job, Dispatched.Parked parked)
            throws InterruptedException {
        String topic = topics.parked(parked.vendor());
        boolean taken =
                deliver(job, () -> ParkedRecords.write(record, job, parked.deadline(), parked.parking(), topic));
        if (taken) {
            // Who takes over a partition asks the store about it; so the store hears of it before its record is done.
            deliver(job, () -> EventRecords.write(event(job, parked), topics.events(), source));
            meters.counter("genapi.parked", "vendor", parked.vendor().value()).increment();
            LOG.atDebug()
                    .addKeyValue("id", job.id())
                    .addKeyValue("vendor", parked.vendor())
                    .addKeyValue("number", parked.parking().number())
                    .addKeyValue("reason", parked.reason())
                    .log("Job parked");
        }
        return taken;
    }

    /** @param record made anew for each try, since its headers are closed once it was sent */
    private boolean deliver(JobRequest job, Supplier<ProducerRecord<byte[], byte[]>> record)
            throws InterruptedException {
        while (true) {
            switch (Delivery.of(sender, record.get())) {
                case Acknowledged() -> {
                    return true;
                }
                case TooLarge() -> {
                    refused(job, "with what the job has been through it is larger than a record may be");
                    return false;
                }
                case Impossible(var reason) -> {
                    refused(job, reason);
                    return false;
                }
                case Failed(var reason) -> {
                    refused(job, reason);
                    pause.pause(PAUSE);
                }
            }
        }
    }

    private void refused(JobRequest job, String reason) {
        errors.count("parking_not_taken", "kafka");
        LOG.atDebug()
                .addKeyValue("id", job.id())
                .addKeyValue("reason", reason)
                .log("Kafka did not take what parks a job");
    }

    private JobEvent event(JobRequest job, Dispatched.Parked parked) {
        return new JobEvent(
                job.id(),
                JobEvent.Kind.PARKED,
                job.tenant(),
                job.correlation(),
                job.requestId(),
                clock.instant(),
                parked.parking().attempts(),
                Optional.of(parked.vendor()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(parked.reason()),
                Optional.of(parked.parking().number()));
    }
}
