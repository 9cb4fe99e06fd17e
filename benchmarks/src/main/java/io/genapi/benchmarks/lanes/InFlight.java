package io.genapi.benchmarks.lanes;

import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Calls at the vendor in a span of time.
 *
 * @param mean of all its moments
 * @param most in one of them
 */
record InFlight(double mean, int most) {

    static InFlight of(List<VendorCall> calls, Instant from, Instant to) {
        long nanos = calls.stream()
                .mapToLong(call -> overlap(call, from, to).toNanos())
                .sum();
        return new InFlight((double) nanos / Duration.between(from, to).toNanos(), most(calls, from, to));
    }

    private static Duration overlap(VendorCall call, Instant from, Instant to) {
        Instant begin = call.started().isBefore(from) ? from : call.started();
        Instant end = call.ended().filter(to::isAfter).orElse(to);
        return end.isAfter(begin) ? Duration.between(begin, end) : Duration.ZERO;
    }

    /** Ends before beginnings of the same moment. */
    private static int most(List<VendorCall> calls, Instant from, Instant to) {
        PriorityQueue<Instant> ends = new PriorityQueue<>();
        int most = 0;
        List<VendorCall> inOrder = calls.stream()
                .filter(call -> call.started().isBefore(to))
                .sorted(Comparator.comparing(VendorCall::started))
                .toList();
        for (VendorCall call : inOrder) {
            ends.add(call.ended().orElse(Instant.MAX));
            Instant moment = call.started().isBefore(from) ? from : call.started();
            while (!ends.isEmpty() && !ends.peek().isAfter(moment)) {
                ends.remove();
            }
            most = Math.max(most, ends.size());
        }
        return most;
    }
}
