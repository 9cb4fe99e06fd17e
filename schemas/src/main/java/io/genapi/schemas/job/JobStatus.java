package io.genapi.schemas.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a job stands: {@code queued → running → succeeded | failed | cancelled | expired}, with rests in {@code parked}. */
public enum JobStatus {
    QUEUED,
    RUNNING,
    /** Waits for a vendor to recover. */
    PARKED,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Its deadline passed before it was done. */
    EXPIRED;

    /** True of the four visible ends, of which each job reaches exactly one. */
    public boolean isTerminal() {
        return switch (this) {
            case QUEUED, RUNNING, PARKED -> false;
            case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> true;
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<JobStatus> fromWireName(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(text))
                .findFirst();
    }
}
