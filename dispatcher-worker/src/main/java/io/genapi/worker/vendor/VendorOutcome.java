package io.genapi.worker.vendor;

import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.schemas.error.ApiError;
import java.time.Duration;
import java.util.Optional;

/** What came of one vendor call. */
public sealed interface VendorOutcome {

    /** The vendor did its work. */
    record Completed(ChatCompletion completion) implements VendorOutcome {}

    /** The vendor did not. */
    sealed interface Failed extends VendorOutcome {

        /** In a sentence, for logs and events; nothing in it is the vendor's or the caller's text. */
        String reason();
    }

    /**
     * The vendor said no.
     *
     * @param status from 400 to 599
     * @param retryAfter how long the vendor asks to be left alone
     * @param envelope the vendor's answer in OpenAI's error envelope, if it is one; not to be changed
     */
    record Refused(int status, Optional<Duration> retryAfter, Optional<byte[]> envelope) implements Failed {

        @Override
        public String reason() {
            return "the vendor answered with status " + status;
        }
    }

    /** No connection came about, so the vendor never saw the request. */
    record Unreachable(String reason) implements Failed {}

    /**
     * The call was not made, and no other call of the job to this vendor would be.
     *
     * @param error as the caller is told; it says why and what to do
     * @param vendorAtFault whether the vendor is to blame, rather than the job
     */
    record Impossible(String reason, ApiError error, boolean vendorAtFault) implements Failed {}

    /**
     * The call was not made, for lack of something that another try may find.
     *
     * @param error as the caller is told if nothing better comes; it says why and what to do
     */
    record Unprepared(String reason, ApiError error) implements Failed {}

    /**
     * The answer was not whole when the call's limit was reached.
     *
     * @param vendorAtFault whether the vendor had the time that it is due, or the job's deadline left it less
     */
    record TimedOut(Duration limit, boolean vendorAtFault) implements Failed {

        @Override
        public String reason() {
            return "the vendor did not answer within " + limit;
        }
    }

    /** The connection broke before the answer was whole. */
    record Broken(String reason) implements Failed {}

    /** A whole answer came, probably paid for, and it is too large or not what the dialect promises; so would the next be. */
    record Unusable(String reason) implements Failed {}
}
