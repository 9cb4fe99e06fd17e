package io.genapi.store.topology.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.kafka.WebhookEventRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.WebhookEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the topology writes: whole records, which know their topic and, some, their partition.
 *
 * @param source this process, as CloudEvents' {@code source}
 */
record Outgoing(TopicNames names, int partitions, String source) {

    Record<byte[], ProducerRecord<byte[], byte[]>> event(WebhookEvent event, Instant now) {
        return record(WebhookEventRecords.write(event, names.webhookEvents(), source, partitions), now);
    }

    Record<byte[], ProducerRecord<byte[], byte[]>> delivery(Delivery delivery, Instant now) {
        return record(DeliveryRecords.write(delivery, names.webhooks(), source), now);
    }

    Record<byte[], ProducerRecord<byte[], byte[]>> standing(EndpointStanding standing, Instant now) {
        return record(WebhookEndpointRecords.write(standing, names.webhookStandings(), source, now), now);
    }

    /** Whatever was told of how it does counts no longer. */
    Record<byte[], ProducerRecord<byte[], byte[]>> noStanding(TenantId tenant, EndpointId id, Instant now) {
        return record(WebhookEndpointRecords.removeStanding(tenant, id, names.webhookStandings()), now);
    }

    private static Record<byte[], ProducerRecord<byte[], byte[]>> record(
            ProducerRecord<byte[], byte[]> record, Instant now) {
        return new Record<>(record.key(), record, now.toEpochMilli(), record.headers());
    }

    /** How such a record is written. */
    static Produced<byte[], ProducerRecord<byte[], byte[]>> produced() {
        Serde<ProducerRecord<byte[], byte[]>> values = Serdes.serdeFrom((_, record) -> record.value(), (_, _) -> {
            throw new IllegalStateException("these are written only");
        });
        return Produced.with(Serdes.ByteArray(), values)
                .withStreamPartitioner((_, _, record, _) ->
                        Optional.ofNullable(record.partition()).map(Set::of));
    }
}
