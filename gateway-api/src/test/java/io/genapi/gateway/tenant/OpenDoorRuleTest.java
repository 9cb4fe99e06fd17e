package io.genapi.gateway.tenant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.StartException;
import io.genapi.runtime.tenant.Tenants;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenDoorRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void anOpenGatewayMayListenOnLoopback(String address) {
        assertDoesNotThrow(() -> rule(address, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "", " ", "192.0.2.1"})
    void andElsewhereOnlyOnPurpose(String address) {
        StartException refused = assertThrows(StartException.class, () -> rule(address, false));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(address.isBlank() ? "server.address is empty" : address), message);
        assertDoesNotThrow(() -> rule(address, true));
    }

    private static OpenDoorRule rule(String address, boolean allowed) {
        return new OpenDoorRule(Tenants.NONE, Path.of("genapi.yaml"), address, allowed);
    }
}
