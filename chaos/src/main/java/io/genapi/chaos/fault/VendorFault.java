package io.genapi.chaos.fault;

import io.genapi.chaos.cluster.Deployment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong with a vendor. */
public enum VendorFault {
    /** Nobody listens on its port. */
    REFUSED(""),
    ERRORS("{\"error_rate\":1,\"error_statuses\":[503]}"),
    /** One call in two fails, by chance. */
    HALF_ERRORS("{\"error_rate\":0.5,\"error_statuses\":[500,502,503]}"),
    /** It takes calls and never answers, also not those when it has recovered. */
    HANG(""),
    RATE_LIMITED("{\"error_rate\":1,\"error_statuses\":[429],\"retry_after\":2}");

    private static final int MOST_HANGING = 100_000;

    private final String behaviour;

    VendorFault(String behaviour) {
        this.behaviour = behaviour;
    }

    /** The name on the command line. */
    public String option() {
        return this == RATE_LIMITED ? "429" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one with that name on the command line. */
    public static Optional<VendorFault> named(String option) {
        return Arrays.stream(values())
                .filter(fault -> fault.option().equals(option))
                .findFirst();
    }

    /** From now on the vendor has it. */
    public void begin(Deployment deployment, String vendor) {
        switch (this) {
            case REFUSED -> deployment.vendor(vendor).process().kill();
            case HANG -> deployment.simulator(vendor).hang(MOST_HANGING);
            case ERRORS, HALF_ERRORS, RATE_LIMITED ->
                deployment.simulator(vendor).change(behaviour);
        }
    }

    /** Returns when the vendor serves again; it has forgotten the calls that ended before. */
    public void end(Deployment deployment, String vendor) {
        switch (this) {
            case REFUSED -> deployment.restartVendor(vendor);
            case HANG -> {
                deployment.simulator(vendor).forget();
                deployment.simulator(vendor).clearFaults();
            }
            case ERRORS, HALF_ERRORS, RATE_LIMITED -> {
                deployment.simulator(vendor).forget();
                deployment.simulator(vendor).change("{\"error_rate\":0,\"retry_after\":null}");
            }
        }
    }
}
