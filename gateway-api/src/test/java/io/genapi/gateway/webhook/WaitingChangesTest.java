package io.genapi.gateway.webhook;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.TenantId;
import org.junit.jupiter.api.Test;

class WaitingChangesTest {

    private final WaitingChanges changes = new WaitingChanges(2);

    @Test
    void areSoManyOfEachTenantThatOthersHaveTheirTurn() {
        TenantId acme = new TenantId("acme");
        WaitingChanges.Place first = changes.take(acme).orElseThrow();
        assertTrue(changes.take(acme).isPresent());
        assertTrue(changes.take(acme).isEmpty());
        assertTrue(changes.take(new TenantId("other")).isPresent());
        first.close();
        assertTrue(changes.take(acme).isPresent());
        assertTrue(changes.take(acme).isEmpty());
    }
}
