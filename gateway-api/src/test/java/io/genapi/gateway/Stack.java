package io.genapi.gateway;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceLauncher;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A Kafka with gateways, a worker and a store that are stand-ins. */
final class Stack implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final EmbeddedKafka kafka;
    private final RunningService gateway;
    private final TestWorker worker;
    private final StubStore store;

    Stack(Path data, Map<String, String> settings) throws Exception {
        kafka = EmbeddedKafka.start(data);
        gateway = startGateway(settings);
        worker = new TestWorker(kafka.bootstrapServers(), PARTITIONS);
        store = new StubStore(worker);
        store.announce(kafka.bootstrapServers());
    }

    /** One more gateway on the same Kafka. */
    RunningService startGateway(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "server.port",
                "0",
                "genapi.kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "genapi.kafka.partitions",
                Integer.toString(PARTITIONS),
                "genapi.catalog",
                "../config/genapi.yaml"));
        all.putAll(settings);
        return ServiceLauncher.start(GatewayService.DEFINITION, all);
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    RunningService gateway() {
        return gateway;
    }

    TestWorker worker() {
        return worker;
    }

    StubStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        worker.close();
        gateway.close();
        kafka.close();
    }
}
