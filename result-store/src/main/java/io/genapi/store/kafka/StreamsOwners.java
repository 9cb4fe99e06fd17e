package io.genapi.store.kafka;

import io.genapi.schemas.job.JobId;
import io.genapi.store.query.Owners;
import io.genapi.store.query.Ownership;
import io.genapi.store.topology.JobSerdes;
import io.genapi.store.topology.StoreTopology;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Who has which part of the table, as Kafka Streams' last assignment says: each process joins the group with its
 * address ({@code application.server}).
 */
public final class StreamsOwners implements Owners {
    private final StreamsProcess process;
    private final Supplier<URI> self;
    private final Serializer<JobId> ids = JobSerdes.jobId().serializer();

    /** @param self this process' own address */
    public StreamsOwners(StreamsProcess process, Supplier<URI> self) {
        this.process = process;
        this.self = self;
    }

    /** An address as {@code application.server} wants it. */
    public static HostInfo hostOf(URI address) {
        int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
        return new HostInfo(address.getHost(), port);
    }

    @Override
    public Ownership of(JobId id) {
        Optional<KeyQueryMetadata> known =
                process.ask(streams -> streams.queryMetadataForKey(StoreTopology.JOBS, id, ids));
        if (known.isEmpty()) {
            return new Ownership.Unclear("the store is starting or stopping");
        }
        return ownership(known.get(), self.get());
    }

    /** Whom to ask for what has such metadata. */
    static Ownership ownership(KeyQueryMetadata metadata, URI self) {
        if (metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                || metadata.activeHost().equals(HostInfo.unavailable())) {
            return new Ownership.Unclear("the parts of the store are being assigned");
        }
        if (metadata.activeHost().equals(hostOf(self))) {
            return new Ownership.Here();
        }
        return new Ownership.There(Stream.concat(Stream.of(metadata.activeHost()), metadata.standbyHosts().stream())
                .filter(host -> !host.equals(hostOf(self)))
                .map(host -> address(host, self))
                .toList());
    }

    @Override
    public List<URI> others() {
        HostInfo own = hostOf(self.get());
        return process.ask(streams -> streams.streamsMetadataForStore(StoreTopology.JOBS)).stream()
                .flatMap(Collection::stream)
                .filter(peer -> !peer.topicPartitions().isEmpty())
                .map(StreamsMetadata::hostInfo)
                .filter(host -> !host.equals(own))
                .map(host -> address(host, self.get()))
                .distinct()
                .toList();
    }

    private static URI address(HostInfo host, URI self) {
        // Kafka Streams carries no scheme; the processes of one deployment are reached alike.
        return URI.create("%s://%s:%d".formatted(self.getScheme(), host.host(), host.port()));
    }
}
