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
 * @param idempotencyKey of all submissions of one tenant and key one is run
 * @param retry whether it is, as the client says, the same once more, the first try having been answered by nobody
 * @param orderingKey jobs of one lane and ordering key run one after another
 * @param ties beside its own request
 * @param admission asked if there is no such job yet
 */
public record ChatSubmission(
        ChatRequestBody body,
        TenantId tenant,
        CorrelationId correlationId,
        RequestId requestId,
        Optional<VendorName> vendor,
        Optional<Lane> lane,
        Optional<String> idempotencyKey,
        boolean retry,
        Optional<String> orderingKey,
        CallerTime time,
        ResponseMode mode,
        Ties ties,
        Admission admission) {

    /** The same as if it were sent for the first time. */
    ChatSubmission asFirstTry() {
        return new ChatSubmission(
                body,
                tenant,
                correlationId,
                requestId,
                vendor,
                lane,
                idempotencyKey,
                false,
                orderingKey,
                time,
                mode,
                ties,
                admission);
    }
}
