package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PrometheusTest {

    private static final Repository REPOSITORY = Repository.here();
    private static final ComposeFile COMPOSE = ComposeFile.read(REPOSITORY, Map.of());

    @Test
    void everyReplicaOfEveryServiceIsScrapedAtItsPort() {
        Object document = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(REPOSITORY.text("deploy/prometheus/prometheus.yml"));
        JsonNode configuration = JsonMapper.shared().valueToTree(document);
        Set<String> scraped = configuration
                .path("scrape_configs")
                .valueStream()
                .flatMap(job -> job.path("dns_sd_configs").valueStream())
                .map(discovery -> discovery.at("/names/0").asString()
                        + ":"
                        + discovery.path("port").asInt())
                .collect(Collectors.toSet());
        assertEquals(Set.of("gateway:8080", "worker:8081", "stores:8082"), scraped);
        for (String store : Set.of("store", "store-2")) {
            assertTrue(
                    COMPOSE.service(store)
                            .node()
                            .at("/networks/default/aliases")
                            .valueStream()
                            .anyMatch(alias -> alias.asString().equals("stores")),
                    store);
        }
    }
}
