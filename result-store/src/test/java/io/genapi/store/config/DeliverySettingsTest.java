package io.genapi.store.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliverySettingsTest {
    private static final String PREFIX = "genapi.store.webhook";

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }

    private static DeliverySettings settings(Map<String, String> settings) {
        return bind(PREFIX, DeliverySettings.class, settings);
    }

    private static Duration memory(String logRetention, String kafkaRetention) {
        return settings(Map.of(PREFIX + ".log-retention", logRetention))
                .memory(bind("genapi.kafka", KafkaSettings.class, Map.of("genapi.kafka.retention", kafkaRetention)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule         | 5s,0s  | one or more positive durations such as 5s,5m,30m",
                "schedule         | 5s,-1m | one or more positive durations such as 5s,5m,30m",
                "give-up-after    | -1s    | a duration such as 72h, or to 0s for a single attempt",
                "jitter           | 1      | a number from 0 to below 1, such as 0.2",
                "jitter           | -0.1   | a number from 0 to below 1, such as 0.2",
                "jitter           | NaN    | a number from 0 to below 1, such as 0.2",
                "first-window     | 0      | a number from 1 to 1000",
                "first-window     | 1001   | a number from 1 to 1000",
                "max-window       | 3      | a number from genapi.store.webhook.first-window, which is 4, to 1000",
                "max-window       | 1001   | a number from genapi.store.webhook.first-window, which is 4, to 1000",
                "shortest-rest    | 0s     | a positive duration such as 5s",
                "longest-rest     | 999ms  | at least genapi.store.webhook.shortest-rest, which is PT1S",
                "max-per-second   | -1     | a number such as 20, or to 0 for no limit",
                "max-per-second   | NaN    | a number such as 20, or to 0 for no limit",
                "max-per-second   | 1e7    | a number such as 20, or to 0 for no limit",
                "disable-after    | 0s     | a positive duration such as 5s",
                "max-pending      | 31     | a number from genapi.store.webhook.max-window, which is 32, to 10000000",
                "max-pending      | 10000001 | a number from genapi.store.webhook.max-window, which is 32, to 10000000",
                "log-retention    | -1s    | a positive duration such as 5s",
                "commit-interval  | 0s     | a duration from 1ms to 10s, such as 100ms",
                "commit-interval  | 1us    | a duration from 1ms to 10s, such as 100ms",
                "commit-interval  | -1s    | a duration from 1ms to 10s, such as 100ms",
                "commit-interval  | 10001ms | a duration from 1ms to 10s, such as 100ms",
                "commit-interval  | 30s    | a duration from 1ms to 10s, such as 100ms",
                "commit-interval  | 1m     | a duration from 1ms to 10s, such as 100ms",
            })
    void whatIsWrongIsToldWithItsNameItsValueAndWhatToDo(String name, String value, String remedy) {
        String setting = PREFIX + "." + name;
        BindException wrong =
                assertThrows(BindException.class, () -> settings(Map.of(setting, value)), setting + "=" + value);
        Throwable root = wrong;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        assertTrue(message.startsWith(setting + " is "), message);
        assertTrue(message.endsWith("; set it to " + remedy), message);
    }

    @Test
    void whatIsAtTheEdgeIsTaken() {
        settings(Map.of(
                PREFIX + ".give-up-after", "0s",
                PREFIX + ".jitter", "0",
                PREFIX + ".first-window", "1",
                PREFIX + ".max-window", "1",
                PREFIX + ".max-pending", "1",
                PREFIX + ".longest-rest", "1s",
                PREFIX + ".commit-interval", "10s"));
        assertEquals(
                Duration.ofMillis(1),
                settings(Map.of(PREFIX + ".commit-interval", "1ms")).commitInterval());
    }

    @ParameterizedTest
    @CsvSource({"7d, 48h, 7d", "1h, 48h, 3d", "1h, 96h, 4d", "7d, 30d, 30d"})
    void whatWasToldIsRememberedForAsLongAsKafkaMayTellOfItOnceMore(String log, String kafka, String memory) {
        assertEquals(memory(memory, "1h"), memory(log, kafka));
        assertEquals(Duration.ofDays(Long.parseLong(memory.substring(0, memory.length() - 1))), memory(log, kafka));
    }
}
