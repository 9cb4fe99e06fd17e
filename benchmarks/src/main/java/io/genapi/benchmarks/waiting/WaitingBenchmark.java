package io.genapi.benchmarks.waiting;

import io.genapi.benchmarks.probe.Footprint;
import io.genapi.benchmarks.probe.ServiceProbe;
import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One gateway, callers who wait, and nobody who works on their jobs. */
public final class WaitingBenchmark {

    private static final String WAITING = "genapi_active_requests";
    private static final int WARM_UP = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Deployment deployment;
    private final WaitingOptions options;
    private final Consumer<String> progress;

    /** @param progress told what happens, in lines for people */
    public WaitingBenchmark(Deployment deployment, WaitingOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
    }

    /** Measures, and returns the table of what it found. */
    public String run() {
        ServiceProcess gateway = deployment.startGateway(options.gatewaySettings());
        warmUp(gateway);
        List<WaitingFigures> figures = Arrays.stream(Kind.values())
                .map(kind -> {
                    progress.accept(String.format(Locale.ROOT, "Opening %,d %s", options.calls(), kind.title()));
                    return hold(gateway, kind, options.calls());
                })
                .toList();
        return WaitingTable.of(options, figures);
    }

    /** What the first calls load and allocate is not what the thousandth costs. */
    private void warmUp(ServiceProcess gateway) {
        Arrays.stream(Kind.values()).forEach(kind -> hold(gateway, kind, Math.min(WARM_UP, options.calls())));
    }

    private WaitingFigures hold(ServiceProcess gateway, Kind kind, int calls) {
        ServiceProbe probe = new ServiceProbe(gateway);
        Footprint before = probe.footprint();
        try (HeldCalls _ = HeldCalls.open(gateway.address(), kind, calls)) {
            Eventually.holds("all callers wait", PATIENCE, () -> waiting(probe) >= calls);
            return new WaitingFigures(kind, waiting(probe), before, probe.footprint());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            Eventually.holds("nobody waits any more", PATIENCE, () -> waiting(probe) <= 0);
        }
    }

    /** Without the one that asks. */
    private static long waiting(ServiceProbe probe) {
        return (long) probe.metric(WAITING) - 1;
    }
}
