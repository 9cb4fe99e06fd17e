package io.genapi.benchmarks.contender;

import io.genapi.benchmarks.process.ParentLink;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** One contender, as a process. Tells its progress in lines, and its figures in the last one. */
final class ContenderMain {

    private static final Duration BETWEEN_LINES = Duration.ofMillis(500);

    private ContenderMain() {}

    public static void main(String[] arguments) {
        PrintStream toParent = ParentLink.open();
        int exitCode = 0;
        try {
            run(Entry.parse(List.of(arguments)), toParent);
        } catch (Exception failure) {
            System.err.println(failure.getMessage());
            exitCode = 1;
        }
        toParent.flush();
        // What still runs was not asked for, and a group that is left in good order is not what is measured.
        Runtime.getRuntime().halt(exitCode);
    }

    private static void run(Entry entry, PrintStream toParent) throws InterruptedException {
        ProcessMeter meter = ProcessMeter.start();
        Tally tally = new Tally(entry.jobs(), entry.workload().jobs(), System::nanoTime, meter::cpuNanos);
        Breakdown breakdown = new Breakdown();
        try (SlowJobs jobs = new SlowJobs(entry.workload(), tally)) {
            switch (entry.kind()) {
                case ENGINE -> EngineContender.start(entry, jobs, breakdown);
                case SHARE -> ShareContender.start(entry, jobs, breakdown);
                case CLASSIC -> ClassicContender.start(entry, jobs, breakdown);
            }
            while (!tally.awaitEnough(BETWEEN_LINES)) {
                breakdown.check();
                toParent.println(new Line.Progress(tally.ended(), tally.inFlight()).text());
            }
            Footprint footprint = meter.footprint();
            if (tally.repeated() > 0) {
                throw new IllegalStateException(tally.repeated() + " jobs ran twice");
            }
            toParent.println(new Line.Result(tally.figures(footprint)).text());
        }
    }
}
