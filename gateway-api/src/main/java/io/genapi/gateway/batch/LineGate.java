package io.genapi.gateway.batch;

import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.util.Optional;

/** Whether one more job may be made for a tenant now. Implementations are thread-safe. */
public interface LineGate {

    /** How long to wait before asking again; empty where the job may be made, which then counts until it has left. */
    Optional<Duration> enter(TenantId tenant);

    /** A job that had entered has ended. */
    void left(TenantId tenant);
}
