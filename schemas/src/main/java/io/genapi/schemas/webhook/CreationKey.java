package io.genapi.schemas.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.text.LetterDigits;

/**
 * Which request made an endpoint: what is kept of the idempotency key that it came with, which it does not tell.
 *
 * @param value 26 letters and digits
 */
public record CreationKey(String value) {

    /** That of a tenant's key. */
    public static CreationKey of(TenantId tenant, String idempotencyKey) {
        return new CreationKey(
                LetterDigits.derive("endpoint/%d/%s/%s".formatted(tenant.value().length(), tenant, idempotencyKey)));
    }
}
