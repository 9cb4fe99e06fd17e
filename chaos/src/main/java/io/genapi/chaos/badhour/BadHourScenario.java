package io.genapi.chaos.badhour;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.fault.VendorFault;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.kafka.ResultTail;
import io.genapi.chaos.load.Asked;
import io.genapi.chaos.load.WaitingCallers;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lets one of two vendors have one trouble after the other, while callers come at an even pace. */
public final class BadHourScenario {

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Deployment deployment;
    private final BadHourOptions options;
    private final Consumer<String> progress;

    /** @param progress told what happens, in lines for people */
    public BadHourScenario(Deployment deployment, BadHourOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
    }

    /** Runs all of them and returns what was seen of each. */
    public List<BadHourReport> run() {
        progress.accept("%d callers a second while both vendors are well".formatted(options.callersPerSecond()));
        deployment.simulator(BadHourOptions.SICK).latency(options.latency());
        deployment.simulator(BadHourOptions.WELL).latency(options.latency());
        warmUp();
        return options.faults().stream().map(this::run).toList();
    }

    /** Else the first figures would be those of processes that are new. */
    private void warmUp() {
        try (WaitingCallers callers = callers("warm-up")) {
            Eventually.passed(Instant.now().plus(WARM_UP));
            callers.stop();
        }
    }

    private WaitingCallers callers(String what) {
        String prefix = what + "-" + Long.toString(System.currentTimeMillis(), 36) + "-";
        return WaitingCallers.start(deployment.api(), options.callersPerSecond(), prefix);
    }

    private BadHourReport run(VendorFault fault) {
        deployment.simulator(BadHourOptions.SICK).forget();
        deployment.simulator(BadHourOptions.WELL).forget();
        try (ResultTail results = ResultTail.start(deployment.kafka().bootstrapServers());
                WaitingCallers callers = callers(fault.option())) {
            Instant quiet = Instant.now();
            Eventually.passed(quiet.plus(BadHourOptions.QUIET));
            List<VendorCall> calls = new ArrayList<>(callsOf(callers));
            Instant begun = Instant.now();
            progress.accept("%s is in trouble (%s)".formatted(BadHourOptions.SICK, fault.option()));
            fault.begin(deployment, BadHourOptions.SICK);
            Eventually.passed(begun.plus(options.faultFor()));
            if (fault != VendorFault.REFUSED) {
                calls = new ArrayList<>(callsOf(callers));
            }
            fault.end(deployment, BadHourOptions.SICK);
            Instant recovered = Instant.now();
            progress.accept("  it has recovered");
            Eventually.passed(recovered.plus(BadHourOptions.QUIET));
            awaitNormal(recovered, callers);
            List<Asked> asked = callers.stop();
            awaitEnds(asked, results);
            calls.addAll(callsOf(callers));
            return BadHourReport.of(
                    new BadHourEvidence(fault, quiet, begun, recovered, asked, ends(asked, results), calls));
        }
    }

    private List<VendorCall> callsOf(WaitingCallers callers) {
        return deployment.simulator(BadHourOptions.SICK).vendorCalls().stream()
                .filter(call -> call.question().startsWith(callers.prefix()))
                .toList();
    }

    private void awaitNormal(Instant recovered, WaitingCallers callers) {
        double perSecond = options.callersPerSecond() / 2.0;
        try {
            Eventually.holds(
                    "the vendor has its share of the calls",
                    () -> BadHourReport.normalAfter(perSecond, recovered, callsOf(callers))
                            .isPresent());
        } catch (GivenUpException never) {
            progress.accept("  it does not get its share of the calls again");
        }
    }

    private void awaitEnds(List<Asked> asked, ResultTail results) {
        try {
            Eventually.holds(
                    "every job has its result", () -> asked.stream().allMatch(each -> results.hasEnded(each.name())));
        } catch (GivenUpException late) {
            progress.accept("  not every job has its result");
        }
    }

    private static Map<String, List<JobEnd>> ends(List<Asked> asked, ResultTail results) {
        Map<String, List<JobEnd>> ends = new HashMap<>();
        asked.stream()
                .filter(each -> results.hasEnded(each.name()))
                .forEach(each -> ends.put(each.name(), results.ends(each.name())));
        return ends;
    }
}
