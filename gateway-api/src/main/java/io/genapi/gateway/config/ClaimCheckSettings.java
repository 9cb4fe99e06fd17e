package io.genapi.gateway.config;

import io.genapi.gateway.claim.ClaimRules;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Large bodies, which travel through the place of blobs where {@code genapi.blob.*} names one: {@code
 * genapi.gateway.claim-check.*}.
 *
 * @param threshold larger ones do
 * @param patience with the place, for one of them; then it travels in its record
 */
record ClaimCheckSettings(
        @DefaultValue("1MB") DataSize threshold,
        @DefaultValue("5s") Duration patience) {

    ClaimCheckSettings {
        if (threshold.isNegative()) {
            throw new IllegalArgumentException("genapi.gateway.claim-check.threshold is " + threshold.toBytes()
                    + "; set it to 0 or more bytes, such as 1MB");
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
