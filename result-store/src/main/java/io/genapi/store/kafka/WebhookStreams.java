package io.genapi.store.kafka;

import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.query.Ownership;
import io.genapi.store.topology.webhook.TellingReader;
import io.genapi.store.topology.webhook.WebhookTopology;
import io.genapi.store.webhook.DeliveryAnswer;
import io.genapi.store.webhook.DeliveryPage;
import io.genapi.store.webhook.DeliveryQuery;
import io.genapi.store.webhook.LocalDeliveries;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Kafka Streams of the webhooks, which run and stop apart from those of the jobs. Thread-safe. */
public final class WebhookStreams implements LocalDeliveries, AutoCloseable {
    private final StreamsProcess process;
    private final Supplier<URI> self;
    private final int partitions;
    private final EndpointsFirst first;
    private final StartAfterEndpoints starting;

    /**
     * @param self this process' own address
     * @param first what the consumers of the process ask
     * @param endpoints returns when all endpoints are known, or throws a {@link StartException} after so long
     */
    public WebhookStreams(
            StreamsProcess process,
            Supplier<URI> self,
            int partitions,
            EndpointsFirst first,
            Consumer<Duration> endpoints) {
        this.process = process;
        this.self = self;
        this.partitions = partitions;
        this.first = first;
        this.starting = new StartAfterEndpoints(
                "genapi-webhooks-start",
                "Webhooks are not scheduled yet",
                endpoints,
                process::start,
                StartAfterEndpoints.PAUSE);
    }

    /** Returns at once; what ends before all endpoints are known is told of afterwards, not taken for nobody's news. */
    public void start() {
        starting.begin();
    }

    /** What keeps deliveries from being scheduled; empty when nothing does. */
    public Optional<String> problem() {
        return process.problem().or(first::problem);
    }

    @Override
    public Ownership ownerOf(TenantId tenant) {
        byte[] key = tenant.value().getBytes(StandardCharsets.UTF_8);
        return process.ask(streams -> streams.queryMetadataForKey(
                        WebhookTopology.TELLINGS, key, (_, _, _, _) -> Optional.of(Set.of(partitionOf(tenant)))))
                .map(metadata -> StreamsOwners.ownership(metadata, self.get()))
                .orElseGet(() -> new Ownership.Unclear("the store is starting or stopping"));
    }

    @Override
    public Optional<DeliveryAnswer> page(DeliveryQuery query) {
        return process.ask(streams -> TellingReader.page(tellings(streams, query.tenant()), query));
    }

    @Override
    public Optional<DeliveryPage> find(TenantId tenant, EndpointId endpoint, EventId event) {
        return process.ask(streams -> TellingReader.only(tellings(streams, tenant), tenant, endpoint, event));
    }

    private ReadOnlyKeyValueStore<byte[], byte[]> tellings(KafkaStreams streams, TenantId tenant) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                        WebhookTopology.TELLINGS, QueryableStoreTypes.<byte[], byte[]>keyValueStore())
                .withPartition(partitionOf(tenant)));
    }

    private int partitionOf(TenantId tenant) {
        return JobPartitioner.partitionOf(tenant.value(), partitions);
    }

    @Override
    public void close() {
        starting.cancel();
        process.close();
    }
}
