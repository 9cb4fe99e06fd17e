package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What a service makes of a container's environment and command line: Spring's own rules, which the files rely on. */
final class ContainerSettingsTest {

    record Catalog(@Nullable URI simulatorUrl) {}

    @Test
    void theAdvertisedAddressTakesTheContainersName() {
        Environment environment =
                environment(Map.of("HOSTNAME", "0f1e2d3c4b5a"), "--genapi.advertised-url=http://${HOSTNAME}:8082");
        assertEquals("http://0f1e2d3c4b5a:8082", environment.getProperty("genapi.advertised-url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GENAPI_SIMULATOR_URL", "GENAPI_SIMULATORURL"})
    void theSimulatorsAddressIsReadUnderEitherName(String variable) {
        Environment environment = environment(Map.of(variable, "http://vendor-simulator:9999/v1"));
        assertEquals("http://vendor-simulator:9999/v1", environment.getProperty("genapi.simulator-url"));
        assertEquals(
                URI.create("http://vendor-simulator:9999/v1"),
                Binder.get(environment).bindOrCreate("genapi", Catalog.class).simulatorUrl());
    }

    @Test
    void withoutTheVariableThereIsNoSimulator() {
        assertEquals(
                null,
                Binder.get(environment(Map.of()))
                        .bindOrCreate("genapi", Catalog.class)
                        .simulatorUrl());
    }

    private static Environment environment(Map<String, Object> variables, String... arguments) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        if (!List.of(arguments).isEmpty()) {
            environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        }
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
