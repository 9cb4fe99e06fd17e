package io.genapi.chaos.workers;

import io.genapi.chaos.kafka.GroupWatch.Departure;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One episode's figures.
 *
 * @param repeated calls beyond the first of each job
 * @param inHand jobs that a killed process had in its hands: their call was under way, or answered and the result not yet
 *     on Kafka; those of the living ones that were answered in that moment are among them, so it is an upper bound
 * @param needless repeated calls of other jobs, which need not have been
 * @param withoutEnd jobs that have no result on Kafka, or no final state in the store
 * @param failed jobs whose end is not {@code succeeded}
 * @param moreResults results beyond the first of each job; the store shows the first
 * @param longestGap between two arrivals at the vendor
 * @param waitP99 of the times from submission to the first vendor call
 * @param waitMax the longest of them
 * @param noticed from the kill until Kafka had taken the dead member out of its group
 * @param resumed from then until the last of its partitions had its next vendor call
 * @param broken the promises that were not kept, in words
 */
public record EpisodeReport(
        String episode,
        String what,
        int jobs,
        int calls,
        int repeated,
        int inHand,
        int needless,
        int withoutEnd,
        int failed,
        int moreResults,
        Duration longestGap,
        Duration waitP99,
        Duration waitMax,
        Optional<Duration> noticed,
        Optional<Duration> resumed,
        List<Integer> exitCodes,
        List<String> broken) {

    static EpisodeReport of(Evidence evidence) {
        Map<String, List<VendorCall>> callsOfJob =
                evidence.calls().stream().collect(Collectors.groupingBy(VendorCall::question));
        List<Duration> waits = waits(evidence.submitted(), callsOfJob);
        int repeated = evidence.calls().size() - callsOfJob.size();
        Set<String> inHand = inHand(evidence, callsOfJob);
        int needless = callsOfJob.entrySet().stream()
                .mapToInt(job -> job.getValue().size() - 1 - (inHand.contains(job.getKey()) ? 1 : 0))
                .filter(more -> more > 0)
                .sum();
        int withoutEnd = (int) evidence.submitted().stream()
                .filter(job -> !hasEnded(job.name(), evidence))
                .count();
        int failed = (int) evidence.results().values().stream()
                .filter(ends -> !ends.getFirst().status().equals("succeeded"))
                .count();
        int results = evidence.results().values().stream().mapToInt(List::size).sum();
        Optional<Departure> departure = evidence.crash().flatMap(Evidence.Crash::departure);
        return new EpisodeReport(
                evidence.episode().option(),
                evidence.episode().what(),
                evidence.submitted().size(),
                evidence.calls().size(),
                repeated,
                inHand.size(),
                needless,
                withoutEnd,
                failed,
                results - evidence.results().size(),
                longestGap(evidence.calls()),
                waits.isEmpty() ? Duration.ZERO : waits.get((int) Math.ceil(waits.size() * 0.99) - 1),
                waits.isEmpty() ? Duration.ZERO : waits.getLast(),
                departure.map(
                        gone -> Duration.between(evidence.crash().orElseThrow().at(), gone.noticed())),
                departure.map(gone -> resumed(gone, evidence.submitted(), callsOfJob)),
                evidence.exitCodes(),
                broken(evidence, needless, withoutEnd, failed));
    }

    private static List<String> broken(Evidence evidence, int needless, int withoutEnd, int failed) {
        List<String> broken = new ArrayList<>();
        if (withoutEnd > 0) {
            broken.add(withoutEnd + " jobs without an end");
        }
        if (failed > 0) {
            broken.add(failed + " jobs that did not succeed, though the vendor answered every call");
        }
        if (needless > 0) {
            broken.add(
                    evidence.crash().isPresent()
                            ? needless + " vendor calls repeated beyond those that the dead process had in its hands"
                            : needless + " vendor calls repeated, though no worker died");
        }
        if (evidence.exitCodes().stream().anyMatch(code -> code != 0)) {
            broken.add("workers told to stop ended with exit codes " + evidence.exitCodes());
        }
        return broken;
    }

    private static boolean hasEnded(String job, Evidence evidence) {
        List<String> states = evidence.states().getOrDefault(job, List.of());
        return evidence.results().containsKey(job)
                && states.equals(List.of(evidence.results().get(job).getFirst().status()));
    }

    /** A call whose client left was under way in the process that died. */
    private static Set<String> inHand(Evidence evidence, Map<String, List<VendorCall>> callsOfJob) {
        Optional<Evidence.Crash> kill = evidence.crash();
        return kill.isEmpty()
                ? Set.of()
                : callsOfJob.entrySet().stream()
                        .filter(job -> isInHand(
                                job.getValue().getFirst(),
                                evidence.results().getOrDefault(job.getKey(), List.of()),
                                kill.get()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    private static boolean isInHand(VendorCall first, List<JobEnd> results, Evidence.Crash kill) {
        boolean answered =
                first.ended().filter(end -> !end.isAfter(kill.gone())).isPresent();
        boolean published = results.stream().anyMatch(result -> !result.at().isAfter(kill.at()));
        return first.abandoned() || (answered && !published);
    }

    private static List<Duration> waits(List<Submission> submitted, Map<String, List<VendorCall>> callsOfJob) {
        return submitted.stream()
                .flatMap(job -> callsOfJob.getOrDefault(job.name(), List.of()).stream()
                        .limit(1)
                        .map(call -> Duration.between(job.at(), call.started())))
                .sorted()
                .toList();
    }

    private static Duration longestGap(List<VendorCall> calls) {
        List<Instant> arrivals =
                calls.stream().map(VendorCall::started).sorted().toList();
        Duration longest = Duration.ZERO;
        for (int i = 1; i < arrivals.size(); i++) {
            Duration gap = Duration.between(arrivals.get(i - 1), arrivals.get(i));
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }

    private static Duration resumed(
            Departure gone, List<Submission> submitted, Map<String, List<VendorCall>> callsOfJob) {
        Map<Integer, Instant> next = new HashMap<>();
        for (Submission job : submitted) {
            if (gone.partitions().contains(job.partition())) {
                callsOfJob.getOrDefault(job.name(), List.of()).stream()
                        .map(VendorCall::started)
                        .filter(started -> started.isAfter(gone.noticed()))
                        .forEach(started -> next.merge(job.partition(), started, EpisodeReport::earlier));
            }
        }
        return next.values().stream()
                .max(Comparator.naturalOrder())
                .map(last -> Duration.between(gone.noticed(), last))
                .orElse(Duration.ZERO);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
