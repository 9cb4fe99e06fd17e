package io.genapi.worker.kafka;

import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.worker.dispatch.JobEvents;
import io.genapi.worker.telemetry.ErrorCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes news to {@code genapi.events} and looks no more after it: what a job's end says is what counts. */
public final class KafkaJobEvents implements JobEvents {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaJobEvents.class);

    private final RecordSender sender;
    private final String topic;
    private final String source;
    private final ErrorCounter errors;

    /** @param source this process, as CloudEvents' {@code source} */
    public KafkaJobEvents(RecordSender sender, String topic, String source, ErrorCounter errors) {
        this.sender = sender;
        this.topic = topic;
        this.source = source;
        this.errors = errors;
    }

    @Override
    public void tell(JobEvent event) {
        try {
            var _ = sender.send(EventRecords.write(event, topic, source)).exceptionally(failure -> {
                dropped(event, failure);
                return null;
            });
        } catch (RuntimeException failure) {
            dropped(event, failure);
        }
    }

    private void dropped(JobEvent event, Throwable failure) {
        errors.count("event_not_taken", "kafka");
        LOG.atDebug()
                .addKeyValue("id", event.id())
                .addKeyValue("event", event.kind())
                .log("Kafka did not take an event: {}", failure.toString());
    }
}
