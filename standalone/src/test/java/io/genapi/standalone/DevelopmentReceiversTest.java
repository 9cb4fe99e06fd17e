package io.genapi.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevelopmentReceiversTest {

    private static final Map<String, String> ALLOWED = Map.of("genapi.webhook.allow-loopback", "true");

    private static Map<String, String> settings(Map<String, String> settings, Map<String, String> environment) {
        return DevelopmentReceivers.settings(
                new StandaloneOptions(Path.of("data"), 0, 0, Path.of("catalog"), environment, "0", settings));
    }

    @Test
    void allowsThemWhereNobodyElseReachesTheBroker() {
        assertEquals(ALLOWED, settings(Map.of(), Map.of()));
        assertEquals(ALLOWED, settings(Map.of("server.address", "127.0.0.1"), Map.of("SERVER_ADDRESS", "0.0.0.0")));
    }

    @Test
    void saysNothingWhereOthersReachItOrItsUserHasDecided() {
        assertEquals(Map.of(), settings(Map.of("server.address", "0.0.0.0"), Map.of()));
        assertEquals(Map.of(), settings(Map.of(), Map.of("SERVER_ADDRESS", "10.0.0.1")));
        assertEquals(Map.of(), settings(Map.of(), Map.of("GENAPI_WEBHOOK_ALLOWLOOPBACK", "false")));
    }
}
