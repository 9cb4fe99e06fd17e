package io.genapi.worker.config;

import io.genapi.worker.admission.AdmissionRules;
import io.genapi.worker.breaker.BreakerRules;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a vendor may be called: {@code genapi.worker.admission.*}. A vendor counts as down when too many of its latest
 * calls failed; it is tried after a wait that doubles from {@code first-wait} to {@code longest-wait}, so that its
 * recovery is noticed within the latter.
 *
 * @param failureRate percent of the latest calls from which it counts as down, 1 to 100
 * @param window how many calls count as the latest, 1 to 10000
 * @param minimumCalls fewer say nothing; 1 to {@code window}
 * @param slowCall a call that takes longer is slow, which is not wrong for a language model
 * @param slowCallRate percent of slow ones among the latest calls from which it counts as down, 1 to 100
 * @param probes jobs that try a vendor that is down, at once; when it has recovered, its calls in flight grow from there
 * @param firstWait until it is tried
 * @param longestWait between two tries; at least the first wait
 * @param probeWait how long probes may be silent before further ones are made
 * @param restAfter429 how long a vendor rests that answers 429 and names no time
 * @param retryBudget retries that a vendor gets for a hundred first calls, 0 to 100; what exceeds them waits
 */
public record AdmissionSettings(
        @DefaultValue("50") int failureRate,
        @DefaultValue("20") int window,
        @DefaultValue("10") int minimumCalls,
        @DefaultValue("5m") Duration slowCall,
        @DefaultValue("100") int slowCallRate,
        @DefaultValue("2") int probes,
        @DefaultValue("1s") Duration firstWait,
        @DefaultValue("2s") Duration longestWait,
        @DefaultValue("2s") Duration probeWait,
        @DefaultValue("1s") Duration restAfter429,
        @DefaultValue("20") int retryBudget) {

    private static final String PREFIX = "genapi.worker.admission.";

    public AdmissionSettings {
        requireRange("failure-rate", failureRate, 100);
        requireRange("window", window, 10_000);
        requireRange("minimum-calls", minimumCalls, window);
        requireRange("slow-call-rate", slowCallRate, 100);
        requireRange("probes", probes, 1_000);
        if (retryBudget < 0 || retryBudget > 100) {
            throw new IllegalArgumentException(
                    "%sretry-budget is %d; set it to a percentage from 0 to 100".formatted(PREFIX, retryBudget));
        }
        requirePositive("slow-call", slowCall);
        requirePositive("first-wait", firstWait);
        requirePositive("probe-wait", probeWait);
        requirePositive("rest-after-429", restAfter429);
        if (longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("%slongest-wait is %s; set it to at least %sfirst-wait, which is %s"
                    .formatted(PREFIX, longestWait, PREFIX, firstWait));
        }
    }

    BreakerRules breakerRules() {
        return new BreakerRules(
                failureRate, window, minimumCalls, slowCall, slowCallRate, probes, firstWait, longestWait, probeWait);
    }

    /** @param mostCalls in flight to one account of a vendor */
    AdmissionRules rules(int mostCalls) {
        return new AdmissionRules(mostCalls, probes, restAfter429, retryBudget);
    }

    private static void requireRange(String setting, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "%s%s is %d; set it to a number from 1 to %d".formatted(PREFIX, setting, value, most));
        }
    }

    private static void requirePositive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "%s%s is %s; set it to a positive duration such as 5s".formatted(PREFIX, setting, value));
        }
    }
}
