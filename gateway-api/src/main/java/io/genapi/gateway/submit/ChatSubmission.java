package io.genapi.gateway.submit;

import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import java.util.Optional;

/**
 * A chat request as a caller hands it in.
 *
 * @param tenant who pays
 * @param vendor the only vendor that may serve it, where the caller restricts it
 * @param lane empty where that is left to the broker
 * @param orderingKey jobs of one lane and ordering key run one after another
 */
public record ChatSubmission(
        ChatRequestBody body,
        TenantId tenant,
        CorrelationId correlationId,
        RequestId requestId,
        Optional<VendorName> vendor,
        Optional<Lane> lane,
        Optional<String> orderingKey,
        CallerTime time,
        ResponseMode mode) {}
