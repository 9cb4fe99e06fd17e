package io.genapi.schemas.batch;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.TenantId;
import java.time.Instant;

/**
 * What is known of a file beside its content.
 *
 * @param name as the caller gave it
 * @param bytes of its content
 * @param digest of its content
 * @param blob the key of its content in the blob store
 * @param expiresAt from then on it is gone
 */
public record StoredFile(
        FileId id,
        TenantId tenant,
        String name,
        FilePurpose purpose,
        long bytes,
        BodyDigest digest,
        String blob,
        Instant createdAt,
        Instant expiresAt) {}
