package io.genapi.worker.admission;

import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;

/** Leave to make one call. Exactly one of its methods is to be called, when the call is over. Thread-safe. */
public interface Permit {

    /**
     * The call came to an outcome.
     *
     * @return whether the destination is known to be in trouble since
     */
    boolean ended(VendorOutcome outcome, Duration took);

    /** The call was not made, or was cut off here. */
    void abandoned();
}
