package io.genapi.worker.dialect;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * A pure translator between OpenAI's chat completions and what a vendor speaks over HTTP, in both directions.
 * Thread-safe.
 */
public interface Dialect {

    /**
     * Why the vendor cannot be asked this: the error names the field. Empty if everything in the request can be said, or
     * may be left out because the vendor's entry in the catalog says so.
     */
    Optional<ApiError> objection(ChatRequestBody body, Vendor vendor);

    /** @param call whose body there is no {@link #objection} to */
    VendorRequest request(VendorCall call);

    /**
     * Asks for the answer in server-sent events, and for its usage with it.
     *
     * @param call whose body there is no {@link #objection} to
     */
    VendorRequest streamRequest(VendorCall call);

    /** Begins to translate the events that answer such a request; its chunks tell the usage. */
    StreamTranslation stream(Instant begunAt);

    /** What a whole answer comes to that is no stream of events. */
    VendorOutcome outcome(VendorResponse response);

    /** The vendor's own name of the call, of an answer's headers or also of its body; empty where neither says it. */
    Optional<VendorRequestId> requestId(VendorResponse response);

    /** The limits that the vendor tells beside its answer; {@link RateLimits#NONE} where it tells none. */
    default RateLimits rateLimits(VendorResponse response) {
        return RateLimits.NONE;
    }
}
