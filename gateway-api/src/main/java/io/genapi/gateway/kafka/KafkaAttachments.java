package io.genapi.gateway.kafka;

import io.genapi.runtime.control.ControlReader;
import io.genapi.schemas.control.Attachment;
import io.genapi.schemas.kafka.AttachmentRecords;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Tells the other gateways on {@code genapi.control} of the jobs that callers have come back for. Thread-safe. */
public final class KafkaAttachments {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAttachments.class);

    private final KafkaTemplate<byte[], byte[]> producer;
    private final String topic;
    private final String source;

    /** @param source this process, as CloudEvents' {@code source} */
    public KafkaAttachments(KafkaTemplate<byte[], byte[]> producer, String topic, String source) {
        this.producer = producer;
        this.topic = topic;
        this.source = source;
    }

    /** Waits for nothing but the producer's room; what cannot be told costs the first call's job at worst. */
    public void tell(Attachment attachment) {
        try {
            var _ = producer.send(AttachmentRecords.write(attachment, topic, source))
                    .exceptionally(failure -> {
                        untold(attachment, failure);
                        return null;
                    });
        } catch (KafkaException | org.springframework.kafka.KafkaException failure) {
            untold(attachment, failure);
        }
    }

    private static void untold(Attachment attachment, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("job_id", attachment.id().value())
                .log("The other gateways were not told that a caller came back: {}", failure.toString());
    }

    /**
     * What gateways tell, this one included.
     *
     * @param consumer without a group; the reader's own from here on
     * @param lookBack how far from now it is of use
     */
    public static ControlReader reader(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Duration lookBack,
            InstantSource clock,
            java.util.function.Consumer<Attachment> listener) {
        return ControlReader.ofRecent(
                "attachments",
                consumer,
                topic,
                lookBack,
                clock,
                record -> AttachmentRecords.read(record).ifPresent(listener));
    }
}
