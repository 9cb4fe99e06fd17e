package io.genapi.worker.kafka;

import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.kafka.DeltaRecords;
import io.genapi.worker.stream.DeltaSender;
import io.genapi.worker.telemetry.ErrorCounter;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;

/** Writes pieces of answers to {@code genapi.deltas}. Thread-safe. */
public final class KafkaDeltas implements DeltaSender {

    private final RecordSender sender;
    private final String topic;
    private final String source;
    private final ErrorCounter errors;

    /**
     * @param sender keeps the order of what it is given, also where it tries again
     * @param source this process, as CloudEvents' {@code source}
     */
    public KafkaDeltas(RecordSender sender, String topic, String source, ErrorCounter errors) {
        this.sender = sender;
        this.topic = topic;
        this.source = source;
        this.errors = errors;
    }

    @Override
    public CompletableFuture<?> send(JobDelta delta) throws InterruptedException {
        try {
            return sender.send(DeltaRecords.write(delta, topic, source)).whenComplete((_, failure) -> {
                if (failure != null) {
                    errors.count("delta_not_taken", "kafka");
                }
            });
        } catch (KafkaException | org.springframework.kafka.KafkaException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while handing a piece of an answer to Kafka");
            }
            errors.count("delta_not_taken", "kafka");
            return CompletableFuture.failedFuture(failure);
        }
    }
}
