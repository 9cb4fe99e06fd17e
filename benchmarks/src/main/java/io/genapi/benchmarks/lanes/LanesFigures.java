package io.genapi.benchmarks.lanes;

import io.genapi.chaos.load.Asked;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.report.Quantiles;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one part found of the callers who asked while it was counted.
 *
 * @param unanswered who got another answer than a 200
 * @param untilCalled from a caller's question to the vendor's having it: what a lane has to do with
 * @param atVendor what the vendor itself took for these calls
 * @param untilAnswered from a caller's question to its answer
 * @param urgent priority's calls at the vendor
 * @param flooding the other lane's calls at the vendor
 * @param fewestWaiting jobs of the other lane that Kafka had and the vendor had not, at the least; empty without a flood
 */
record LanesFigures(
        Flood kind,
        int callers,
        long unanswered,
        Quantiles untilCalled,
        Quantiles atVendor,
        Quantiles untilAnswered,
        InFlight urgent,
        InFlight flooding,
        OptionalLong fewestWaiting) {

    static LanesFigures of(LanesEvidence evidence) {
        List<Asked> counted = evidence.asked().stream()
                .filter(caller -> isCounted(evidence, caller.at()))
                .toList();
        Map<Boolean, List<VendorCall>> calls = evidence.calls().stream()
                .collect(Collectors.partitioningBy(call -> evidence.kind()
                        .lane()
                        .filter(lane -> call.question().startsWith(EndlessQueue.prefix(lane)))
                        .isPresent()));
        List<VendorCall> flooding = calls.getOrDefault(true, List.of());
        List<VendorCall> urgent = calls.getOrDefault(false, List.of());
        Map<String, VendorCall> firstCalls = urgent.stream()
                .collect(Collectors.toMap(VendorCall::question, Function.identity(), (first, _) -> first));
        return new LanesFigures(
                evidence.kind(),
                counted.size(),
                counted.stream().filter(caller -> caller.status() != 200).count(),
                times(counted, firstCalls, (caller, call) -> Duration.between(caller.at(), call.started())),
                times(
                        counted,
                        firstCalls,
                        (_, call) ->
                                Duration.between(call.started(), call.ended().orElse(evidence.to()))),
                Quantiles.of(counted.stream().map(Asked::took)),
                InFlight.of(urgent, evidence.from(), evidence.to()),
                InFlight.of(flooding, evidence.from(), evidence.to()),
                fewestWaiting(evidence, flooding));
    }

    private static Quantiles times(
            List<Asked> callers, Map<String, VendorCall> calls, BiFunction<Asked, VendorCall, Duration> time) {
        return Quantiles.of(callers.stream()
                .filter(caller -> calls.containsKey(caller.name()))
                .map(caller -> time.apply(caller, Objects.requireNonNull(calls.get(caller.name())))));
    }

    private static boolean isCounted(LanesEvidence evidence, Instant at) {
        return !at.isBefore(evidence.from()) && at.isBefore(evidence.to());
    }

    /** A queue is shortest right after one has left it. */
    private static OptionalLong fewestWaiting(LanesEvidence evidence, List<VendorCall> flooding) {
        List<Instant> left = flooding.stream().map(VendorCall::started).sorted().toList();
        List<Instant> came =
                evidence.flood().stream().map(Submission::at).sorted().toList();
        long fewest = Long.MAX_VALUE;
        int arrived = 0;
        for (int gone = 1; gone <= left.size(); gone++) {
            Instant moment = left.get(gone - 1);
            while (arrived < came.size() && !came.get(arrived).isAfter(moment)) {
                arrived++;
            }
            if (isCounted(evidence, moment)) {
                fewest = Math.min(fewest, arrived - gone);
            }
        }
        return fewest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(fewest);
    }
}
