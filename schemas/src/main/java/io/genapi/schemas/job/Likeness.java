package io.genapi.schemas.job;

import java.util.Optional;

/**
 * What a client sends alike when it repeats a request that has no idempotency key: another vendor or place in an order is
 * another request.
 */
public record Likeness(TenantId tenant, BodyDigest digest, Optional<VendorName> vendor, Optional<String> orderingKey) {}
