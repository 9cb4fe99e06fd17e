package io.genapi.worker;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceLauncher;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Workers as they are deployed, beside an embedded broker. */
final class Workers {

    private Workers() {}

    static RunningService start(EmbeddedKafka kafka, int partitions, Path catalog, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("server.port", 0);
        all.put("genapi.kafka.bootstrap-servers", kafka.bootstrapServers());
        all.put("genapi.kafka.partitions", partitions);
        all.put("genapi.catalog", catalog);
        return ServiceLauncher.start(WorkerService.DEFINITION, Map.copyOf(all));
    }

    /** One whose jobs may go on for that long when it stops. */
    static RunningService startWithGrace(String grace, EmbeddedKafka kafka, int partitions, Path catalog) {
        return start(
                kafka,
                partitions,
                catalog,
                Map.of("genapi.worker.grace", grace, "genapi.worker.hand-over-lease", "60s"));
    }
}
