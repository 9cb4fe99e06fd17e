package io.genapi.worker.admission;

import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.util.Optional;

/** What the outcome of one call says of where it went. */
enum CallVerdict {
    /** It did the work. */
    SERVED,
    /** It works, though it refused this job. */
    ANSWERED,
    /** It works, and wants fewer calls. */
    THROTTLED,
    /** It does not work. */
    FAILED,
    /** Nothing. */
    SILENT;

    /** A server that fails can only guess for how long; one that counts requests knows. */
    private static final Duration LONGEST_GUESS = Duration.ofMinutes(1);

    static CallVerdict of(VendorOutcome outcome) {
        return switch (outcome) {
            case Completed _ -> SERVED;
            case Refused refused -> ofStatus(refused.status());
            case Unreachable _, Broken _, Unusable _ -> FAILED;
            // Neither a breaker nor a pause mends it, and whoever waits for either is not told what to do.
            case Impossible _ -> SILENT;
            case Unprepared _ -> SILENT;
            case TimedOut timedOut -> timedOut.vendorAtFault() ? FAILED : SILENT;
        };
    }

    private static CallVerdict ofStatus(int status) {
        if (status == 429) {
            return THROTTLED;
        }
        return status == 408 || status >= 500 ? FAILED : ANSWERED;
    }

    /** How long it is to be left alone because of that outcome. */
    Optional<Duration> rest(VendorOutcome outcome, Duration after429) {
        Optional<Duration> asked = outcome instanceof Refused refused ? refused.retryAfter() : Optional.empty();
        return switch (this) {
            case THROTTLED -> Optional.of(asked.orElse(after429));
            case FAILED -> asked.map(time -> time.compareTo(LONGEST_GUESS) < 0 ? time : LONGEST_GUESS);
            case SERVED, ANSWERED, SILENT -> Optional.empty();
        };
    }
}
