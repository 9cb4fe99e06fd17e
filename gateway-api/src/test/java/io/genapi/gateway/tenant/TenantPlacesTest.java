package io.genapi.gateway.tenant;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.TenantId;
import org.junit.jupiter.api.Test;

class TenantPlacesTest {

    private final TenantPlaces reads = new TenantPlaces(2);

    @Test
    void areSoManyAtOnceForEachTenant() {
        TenantId acme = new TenantId("acme");
        TenantPlaces.Place first = reads.take(acme).orElseThrow();
        assertTrue(reads.take(acme).isPresent());
        assertTrue(reads.take(acme).isEmpty());
        assertTrue(reads.take(new TenantId("other")).isPresent());
        first.close();
        assertTrue(reads.take(acme).isPresent());
        assertTrue(reads.take(acme).isEmpty());
    }
}
