package io.genapi.chaos.limit;

import io.genapi.chaos.report.Table;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of a vendor at its limit, once things had settled.
 *
 * @param perMinute that it allows
 * @param measured over which time
 * @param granted calls that it answered
 * @param refused calls that it answered with 429
 */
public record LimitReport(int perMinute, Duration measured, int granted, int refused) {

    private static final double LEAST_USED = 0.95;
    private static final double MOST_REFUSED = 0.01;

    static LimitReport of(int perMinute, Instant from, Instant to, List<VendorCall> calls) {
        List<VendorCall> counted = calls.stream()
                .filter(call -> !call.started().isBefore(from) && call.started().isBefore(to))
                .toList();
        int refused =
                (int) counted.stream().filter(call -> call.status() == 429).count();
        return new LimitReport(perMinute, Duration.between(from, to), counted.size() - refused, refused);
    }

    /** How much of what it allows was made use of. */
    public double used() {
        return granted / (perMinute * (measured.toMillis() / 60_000.0));
    }

    /** As a share of the calls. */
    public double refusedShare() {
        return granted + refused == 0 ? 0 : (double) refused / (granted + refused);
    }

    /** The promises that were not kept, in words. */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (used() < LEAST_USED) {
            broken.add(percent(used()) + " of the limit was made use of; at least 95 % should be");
        }
        if (refusedShare() >= MOST_REFUSED) {
            broken.add(percent(refusedShare()) + " of the calls were refused; less than 1 % may be");
        }
        return broken;
    }

    /** The figures, for people. */
    public String table() {
        StringBuilder text = new StringBuilder(new Table()
                .row("requests a minute that the vendor allows", List.of(Integer.toString(perMinute)))
                .row("measured for, once it had settled", List.of(measured.toSeconds() + " s"))
                .row("made use of", List.of(percent(used())))
                .row("  at least 95 %", List.of(used() >= LEAST_USED ? "kept" : "BROKEN"))
                .row("refused with 429", List.of(percent(refusedShare())))
                .row("  less than 1 %", List.of(refusedShare() < MOST_REFUSED ? "kept" : "BROKEN"))
                .toString());
        broken().forEach(each ->
                text.append("BROKEN at the limit: ").append(each).append(System.lineSeparator()));
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
