package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.tenant.Entry;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private final Exchange exchange = new Exchange(new RequestId("r"), CorrelationId.of("c"));

    @Test
    void whoWasNotLetInSeesNoJobsAndPaysForNone() {
        assertThrows(IllegalStateException.class, exchange::viewer);
        for (Entry entry : List.of(new Entry.KeyMissing(), new Entry.KeyUnknown(), new Entry.Elsewhere("x"))) {
            exchange.entered(entry);
            assertThrows(IllegalStateException.class, exchange::viewer);
            assertThrows(IllegalStateException.class, exchange::payer);
            assertFalse(exchange.isOperator());
        }
    }

    @Test
    void whereNobodyNeedsAKeyEverybodySeesAll() {
        exchange.entered(new Entry.Open());
        assertEquals(Optional.empty(), exchange.viewer());
        assertEquals(TenantId.DEFAULT, exchange.payer());
        assertTrue(exchange.isOperator());
    }
}
