package io.genapi.chaos.badhour;

import io.genapi.chaos.fault.VendorFault;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.load.Asked;
import io.genapi.chaos.report.Quantiles;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The figures of one bad hour.
 *
 * @param callers who asked during the trouble or after it
 * @param failed of them saw another status than 200, or none
 * @param withoutOneEnd jobs that have no result on Kafka, or more than one
 * @param sickCallsDuring calls that the vendor got in its trouble; none where nobody listened
 * @param normalAfter from its recovery until it had its share of the calls again; empty if that never came
 * @param retryShare of all vendor calls of those who asked during the trouble, those beyond the first of each job
 * @param wellBefore how long calls of the other vendor took before the trouble
 * @param wellDuring how long they took during it
 * @param callersBefore how long callers waited before the trouble
 * @param callersDuring how long they waited during it
 * @param broken the promises that were not kept, in words
 */
public record BadHourReport(
        VendorFault fault,
        int callers,
        int failed,
        int withoutOneEnd,
        int sickCallsDuring,
        Optional<Duration> normalAfter,
        double retryShare,
        Quantiles wellBefore,
        Quantiles wellDuring,
        Quantiles callersBefore,
        Quantiles callersDuring,
        List<String> broken) {

    static final double MOST_ERRORS = 0.01;
    static final Duration NORMAL_WITHIN = Duration.ofSeconds(5);
    static final double MOST_RETRIES = 0.2;

    /** A vendor is unharmed whose usual call takes no longer than that, in times of what it took before. */
    static final double UNHARMED = 1.5;

    /** A vendor has its share of the calls again from so much of what it had before. */
    private static final double NORMAL = 0.8;

    private static final Duration WINDOW = Duration.ofSeconds(1);

    static BadHourReport of(BadHourEvidence evidence) {
        List<Asked> judged = evidence.callers().stream()
                .filter(asked -> !asked.at().isBefore(evidence.begun()))
                .toList();
        List<Asked> before = asked(evidence, evidence.quiet(), evidence.begun());
        List<Asked> during = asked(evidence, evidence.begun(), evidence.recovered());
        BadHourReport report = new BadHourReport(
                evidence.fault(),
                judged.size(),
                (int) judged.stream().filter(asked -> asked.status() != 200).count(),
                (int) evidence.callers().stream()
                        .filter(asked -> ends(evidence, asked).size() != 1)
                        .count(),
                calls(evidence, evidence.begun(), evidence.recovered()),
                normalAfter(evidence),
                retryShare(evidence, during),
                Quantiles.of(wellTimes(evidence, before)),
                Quantiles.of(wellTimes(evidence, during)),
                Quantiles.of(before.stream().map(Asked::took)),
                Quantiles.of(during.stream().map(Asked::took)),
                List.of());
        return report.judged();
    }

    /** As a share of those who asked. */
    public double errorRate() {
        return callers == 0 ? 0 : (double) failed / callers;
    }

    private BadHourReport judged() {
        List<String> found = new ArrayList<>();
        if (errorRate() >= MOST_ERRORS) {
            found.add(percent(errorRate()) + " of the callers saw an error; less than 1 % may");
        }
        if (withoutOneEnd > 0) {
            found.add(withoutOneEnd + " jobs have no result, or more than one");
        }
        if (normalAfter.filter(time -> time.compareTo(NORMAL_WITHIN) < 0).isEmpty()) {
            found.add("the vendor had its share of the calls again after "
                    + normalAfter.map(BadHourReport::seconds).orElse("longer than anybody looked")
                    + "; it should within 5 s");
        }
        if (retryShare > MOST_RETRIES) {
            found.add(percent(retryShare) + " of the vendor calls were retries; at most 20 % may be");
        }
        if (wellDuring.median().toNanos() > UNHARMED * wellBefore.median().toNanos()) {
            found.add("the other vendor's calls took %s, and %s before"
                    .formatted(seconds(wellDuring.median()), seconds(wellBefore.median())));
        }
        return new BadHourReport(
                fault,
                callers,
                failed,
                withoutOneEnd,
                sickCallsDuring,
                normalAfter,
                retryShare,
                wellBefore,
                wellDuring,
                callersBefore,
                callersDuring,
                List.copyOf(found));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    private static List<Asked> asked(BadHourEvidence evidence, Instant from, Instant to) {
        return evidence.callers().stream()
                .filter(asked -> !asked.at().isBefore(from) && asked.at().isBefore(to))
                .toList();
    }

    private static List<JobEnd> ends(BadHourEvidence evidence, Asked asked) {
        return evidence.results().getOrDefault(asked.name(), List.of());
    }

    private static int calls(BadHourEvidence evidence, Instant from, Instant to) {
        return (int) evidence.calls().stream()
                .filter(call -> !call.started().isBefore(from) && call.started().isBefore(to))
                .count();
    }

    private static double retryShare(BadHourEvidence evidence, List<Asked> during) {
        List<JobEnd> ends = during.stream()
                .flatMap(asked -> ends(evidence, asked).stream().limit(1))
                .toList();
        int attempts = ends.stream().mapToInt(JobEnd::attempts).sum();
        int retries =
                ends.stream().mapToInt(end -> Math.max(0, end.attempts() - 1)).sum();
        return attempts == 0 ? 0 : (double) retries / attempts;
    }

    /** Of jobs that only the other vendor was called for. */
    private static Stream<Duration> wellTimes(BadHourEvidence evidence, List<Asked> asked) {
        return asked.stream()
                .flatMap(each -> ends(evidence, each).stream().limit(1))
                .filter(end -> end.attempts() == 1 && end.vendor().equals(BadHourOptions.WELL))
                .map(JobEnd::vendorTime);
    }

    private static Optional<Duration> normalAfter(BadHourEvidence evidence) {
        double perSecond = calls(evidence, evidence.quiet(), evidence.begun())
                / (Duration.between(evidence.quiet(), evidence.begun()).toMillis() / 1000.0);
        return normalAfter(perSecond, evidence.recovered(), evidence.calls());
    }

    /**
     * Until the first second in which the vendor was called nearly as often as before, and answered.
     *
     * @param perSecond how often it was called before
     */
    static Optional<Duration> normalAfter(double perSecond, Instant recovered, List<VendorCall> calls) {
        List<Instant> answered = calls.stream()
                .filter(call -> call.status() == 200 && !call.started().isBefore(recovered))
                .map(VendorCall::started)
                .sorted()
                .toList();
        int enough = (int) Math.max(1, Math.ceil(NORMAL * perSecond * WINDOW.toMillis() / 1000));
        for (int first = 0; first + enough <= answered.size(); first++) {
            Instant end = answered.get(first).plus(WINDOW);
            if (answered.get(first + enough - 1).isBefore(end)) {
                return Optional.of(Duration.between(recovered, answered.get(first)));
            }
        }
        return Optional.empty();
    }
}
