package io.genapi.gateway.config;

import io.genapi.gateway.claim.ClaimRules;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Large bodies, which travel through the place of blobs where {@code genapi.blob.*} names one: {@code
 * genapi.gateway.claim-check.*}.
 *
 * @param enabled whether they do at all; those that did before are found all the same
 * @param threshold larger ones do
 * @param patience with the place, for one of them, and as much again until it is its turn; then one that is to be put
 *     away travels in its record, and one that is asked for again cannot be told
 * @param minFree what they leave free of a directory's disk, for the files of batches among others; of a bucket nobody
 *     can tell
 */
record ClaimCheckSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1MB") DataSize threshold,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("1GB") DataSize minFree) {

    ClaimCheckSettings {
        if (threshold.isNegative()) {
            throw new IllegalArgumentException(
                    "genapi.gateway.claim-check.threshold is " + threshold.toBytes()
                            + "; set it to 0 or more bytes, such as 1MB; genapi.gateway.claim-check.enabled=false switches it off");
        }
        if (minFree.isNegative()) {
            throw new IllegalArgumentException("genapi.gateway.claim-check.min-free is " + minFree.toBytes()
                    + "; set it to 0 or more bytes, such as 1GB");
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("genapi.gateway.claim-check.patience is " + patience
                    + "; set it to a positive duration such as 5s");
        }
    }

    ClaimRules rules() {
        return new ClaimRules(threshold.toBytes(), patience);
    }
}
