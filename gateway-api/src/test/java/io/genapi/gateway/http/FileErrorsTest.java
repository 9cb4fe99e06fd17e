package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.RequestId;
import org.junit.jupiter.api.Test;

class FileErrorsTest {

    @Test
    void tellTenantsNothingOfKafkaButWhereTheReasonIs() {
        ApiError told = FileErrors.of(
                new LogUnavailableException(
                        "Kafka does not let this process write in transactions of the transactional id 'genapi-webhook-endpoints'",
                        "Grant its principal Write and Describe on TransactionalId 'genapi-webhook-endpoints'",
                        new IllegalStateException()),
                new RequestId("req_7"));

        assertEquals(503, told.status());
        assertFalse(told.message().contains("ransactional"), told::message);
        assertTrue(told.message().contains("req_7"), told::message);
    }
}
