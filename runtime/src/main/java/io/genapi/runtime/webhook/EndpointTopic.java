package io.genapi.runtime.webhook;

import io.genapi.runtime.control.SharedLog;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.KafkaTemplate;

/** {@code genapi.webhook-endpoints}, which gateways and stores read whole into their directory. Thread-safe. */
public final class EndpointTopic implements AutoCloseable {

    private final SharedLog log;
    private final SecretSeal seal;
    private final String topic;
    private final String source;

    /**
     * @param consumer without a group; its own from here on, as is the admin client
     * @param source this process, as CloudEvents' {@code source}
     * @param patience with Kafka, for one record or one question
     */
    public EndpointTopic(
            KafkaTemplate<byte[], byte[]> producer,
            Admin admin,
            Consumer<byte[], byte[]> consumer,
            String topic,
            String source,
            Duration patience,
            SecretSeal seal,
            EndpointDirectory directory) {
        this.topic = topic;
        this.source = source;
        this.seal = seal;
        this.log = new SharedLog("webhook-endpoints", producer, admin, consumer, topic, patience, directory::take);
    }

    public void start() {
        log.start();
    }

    /** Whether the directory knows all that lay on the topic at the start. */
    public boolean isCaughtUp() {
        return log.isCaughtUp();
    }

    /**
     * Returns when the directory knows all that lay on the topic at the start.
     *
     * @throws io.genapi.runtime.service.StartException if that takes longer
     */
    public void awaitCaughtUp(Duration longest) {
        log.awaitCaughtUp(longest);
    }

    /**
     * Returns when the directory knows all that lies on the topic now, so that what it misses is not there.
     *
     * @throws io.genapi.runtime.control.LogUnavailableException if Kafka does not tell
     */
    public void catchUp() throws InterruptedException {
        log.catchUp();
    }

    /**
     * Returns when the endpoint is durable and the directory knows it.
     *
     * @throws io.genapi.runtime.control.LogUnavailableException if Kafka does not confirm it
     */
    public void write(WebhookEndpoint endpoint) throws InterruptedException {
        log.write(WebhookEndpointRecords.write(endpoint, seal, topic, source));
    }

    /**
     * Returns when the endpoint is gone for good, and how it did is forgotten.
     *
     * @throws io.genapi.runtime.control.LogUnavailableException if Kafka does not confirm it
     */
    public void remove(TenantId tenant, EndpointId id) throws InterruptedException {
        log.write(WebhookEndpointRecords.remove(tenant, id, topic));
        log.write(WebhookEndpointRecords.removeStanding(tenant, id, topic));
    }

    @Override
    public void close() {
        log.close();
    }
}
