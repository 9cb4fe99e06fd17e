package io.genapi.chaos.outage;

import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.outage.OutageEvidence.Run;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures of one outage.
 *
 * @param thereQuietPerSecond how fast the jobs of the vendor that stayed ended while both were there
 * @param therePerSecond the same during the outage
 * @param parked times that a job was set aside to wait
 * @param failedBeforeRecovery jobs of the vendor that was away which ended before it was back
 * @param notSucceeded jobs of both vendors that have no end, or another one than success
 * @param drain from its return until its last job had ended
 * @param refusedDuringDrain calls that it answered with something other than 200 after its return
 * @param duplicates successful vendor calls and results beyond the first of each job
 * @param outOfOrder jobs with an ordering key that were called for before an earlier one of the key had been answered
 * @param broken the promises that were not kept, in words
 */
public record OutageReport(
        int jobs,
        double thereQuietPerSecond,
        double therePerSecond,
        long parked,
        int failedBeforeRecovery,
        int notSucceeded,
        Duration drain,
        int mostInFlight,
        int refusedDuringDrain,
        int duplicates,
        int outOfOrder,
        List<String> broken) {

    static OutageReport of(OutageEvidence evidence) {
        Run outage = evidence.outage();
        List<VendorCall> successes = Stream.of(evidence.awayCalls(), evidence.thereCalls())
                .flatMap(List::stream)
                .filter(call -> call.status() == 200 && !call.abandoned())
                .toList();
        int failedEarly = (int) of(OutageOptions.AWAY, outage)
                .flatMap(job -> end(job, outage).stream())
                .filter(end -> end.at().isBefore(evidence.recovered()))
                .count();
        int notSucceeded = (int) outage.jobs().stream()
                .filter(job -> end(job, outage)
                        .filter(end -> end.status().equals("succeeded"))
                        .isEmpty())
                .count();
        int duplicates = duplicates(successes, outage);
        int outOfOrder = outOfOrder(outage.jobs(), successes);
        return new OutageReport(
                outage.jobs().size(),
                perSecond(OutageOptions.THERE, evidence.quiet()),
                perSecond(OutageOptions.THERE, outage),
                evidence.parked(),
                failedEarly,
                notSucceeded,
                drain(evidence.recovered(), lastEnd(OutageOptions.AWAY, outage)),
                evidence.mostInFlight(),
                (int) evidence.awayCalls().stream()
                        .filter(call -> call.status() != 200)
                        .count(),
                duplicates,
                outOfOrder,
                broken(failedEarly, notSucceeded, duplicates, outOfOrder));
    }

    private static List<String> broken(int failedEarly, int notSucceeded, int duplicates, int outOfOrder) {
        List<String> broken = new ArrayList<>();
        if (failedEarly > 0) {
            broken.add(failedEarly + " jobs ended while their vendor was away, long before their deadline");
        }
        if (notSucceeded > 0) {
            broken.add(notSucceeded + " jobs without success");
        }
        if (duplicates > 0) {
            broken.add(duplicates + " vendor calls or results beyond the first of their job");
        }
        if (outOfOrder > 0) {
            broken.add(outOfOrder + " jobs ran before an earlier one of their ordering key had ended");
        }
        return broken;
    }

    private static Stream<QueuedJob> of(String vendor, Run run) {
        return run.jobs().stream().filter(job -> job.vendor().equals(vendor));
    }

    private static Optional<JobEnd> end(QueuedJob job, Run run) {
        return run.results().getOrDefault(job.name(), List.of()).stream().findFirst();
    }

    private static Instant lastEnd(String vendor, Run run) {
        return of(vendor, run)
                .flatMap(job -> end(job, run).stream())
                .map(JobEnd::at)
                .max(Comparator.naturalOrder())
                .orElse(run.begin());
    }

    /** Nothing was left to drain where the last job had ended before. */
    private static Duration drain(Instant recovered, Instant lastEnd) {
        return lastEnd.isBefore(recovered) ? Duration.ZERO : Duration.between(recovered, lastEnd);
    }

    private static double perSecond(String vendor, Run run) {
        long ended = of(vendor, run).filter(job -> end(job, run).isPresent()).count();
        long millis =
                Math.max(1, Duration.between(run.begin(), lastEnd(vendor, run)).toMillis());
        return ended * 1000.0 / millis;
    }

    private static int duplicates(List<VendorCall> successes, Run run) {
        long jobs = successes.stream().map(VendorCall::question).distinct().count();
        int results = run.results().values().stream()
                .mapToInt(ends -> ends.size() - 1)
                .sum();
        return (int) (successes.size() - jobs) + results;
    }

    private static int outOfOrder(List<QueuedJob> jobs, List<VendorCall> successes) {
        Map<String, VendorCall> callOf =
                successes.stream().collect(Collectors.toMap(VendorCall::question, call -> call, (first, _) -> first));
        int wrong = 0;
        for (List<QueuedJob> sameKey : byKey(jobs).values()) {
            Instant answered = Instant.MIN;
            for (QueuedJob job : sameKey) {
                VendorCall call = callOf.get(job.name());
                if (call != null) {
                    wrong += call.started().isBefore(answered) ? 1 : 0;
                    answered = call.ended().orElse(answered);
                }
            }
        }
        return wrong;
    }

    private static Map<String, List<QueuedJob>> byKey(List<QueuedJob> jobs) {
        return jobs.stream()
                .filter(job -> job.orderingKey().isPresent())
                .collect(Collectors.groupingBy(job -> job.orderingKey().orElseThrow()));
    }
}
