package io.genapi.store;

import static org.awaitility.Awaitility.await;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceLauncher;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.store.kafka.StreamsProcess;
import io.genapi.store.kafka.WebhookStreams;
import io.genapi.store.query.Waiters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A store in this JVM. */
final class RunningStore implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final RunningService service;
    private final StoreClient client;

    private RunningStore(RunningService service) {
        this.service = service;
        this.client = new StoreClient(service.port());
    }

    /** A store that is ready. */
    static RunningStore start(EmbeddedKafka kafka, Path stateDirectory, Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("server.port", 0);
        all.put("genapi.kafka.bootstrap-servers", kafka.bootstrapServers());
        all.put("genapi.kafka.partitions", PARTITIONS);
        all.put("genapi.store.state-dir", stateDirectory);
        RunningService service = ServiceLauncher.start(StoreService.DEFINITION, all);
        RunningStore store = new RunningStore(service);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> store.client.get("/health/ready").status() == 200);
        return store;
    }

    /** Waits until each of the two has a part of the table. */
    static void awaitShared(RunningStore one, RunningStore other) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one.partitions() == PARTITIONS / 2 && other.partitions() == PARTITIONS / 2);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one.client().get("/store/jobs").status() == 200
                        && other.client().get("/store/jobs").status() == 200);
    }

    StoreClient client() {
        return client;
    }

    int waiters() {
        return service.part(Waiters.class).count();
    }

    EndpointDirectory endpoints() {
        return service.part(EndpointDirectory.class);
    }

    WebhookStreams webhooks() {
        return service.part(WebhookStreams.class);
    }

    int partitions() {
        return service.part(StreamsProcess.class).activePartitions().size();
    }

    @Override
    public void close() {
        service.close();
    }
}
