package io.genapi.benchmarks.intake;

import io.genapi.benchmarks.contender.Contender;
import io.genapi.benchmarks.contender.Entry;
import io.genapi.benchmarks.contender.Figures;
import io.genapi.benchmarks.contender.JobLatencies;
import io.genapi.benchmarks.contender.Workload;
import io.genapi.benchmarks.process.Broker;
import io.genapi.benchmarks.process.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * The dispatch engine's consumer beside share groups and plain consumers: the same jobs with the same latencies, one
 * contender after the other on the same broker, and the rate that no scheduler can beat.
 */
public final class IntakeBenchmark {

    /** Any would do; a fixed one makes two runs comparable. */
    private static final long SEED = 20_260_101;

    private final IntakeOptions options;
    private final PrintWriter out;
    private final PrintWriter progress;

    /**
     * @param out for the table
     * @param progress for lines that tell how far it is
     */
    public IntakeBenchmark(IntakeOptions options, PrintWriter out, PrintWriter progress) {
        this.options = options;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Starts a broker, fills a topic, runs the contenders, and leaves nothing behind, also if a signal ends it.
     *
     * @throws io.genapi.benchmarks.process.ChildFailedException if the broker or a contender failed
     * @throws InterruptedException if one of them was ended by a signal
     */
    public void run() throws IOException, InterruptedException, ExecutionException {
        JobLatencies latencies = new JobLatencies(options.latency(), SEED);
        Ideal ideal = Ideal.of(options.inFlight(), options.partitions(), options.jobs(), latencies);
        try (Leftovers leftovers = new Leftovers()) {
            TemporaryDirectory directory = leftovers.add(TemporaryDirectory.create("genapi-bench"));
            tell("starting a broker");
            Broker broker = leftovers.add(Broker.start(directory.path()));
            Workload workload = new Workload(
                    broker.bootstrapServers(),
                    "bench.jobs",
                    "bench.results",
                    options.partitions(),
                    options.jobs(),
                    latencies);
            tell(String.format(Locale.ROOT, "writing %,d jobs", options.jobs()));
            JobTopic.fill(workload);
            List<Entry> entries = Entries.of(options, workload, ideal.mean());
            JobTopic.readFromItsBeginning(entries);
            IntakeTable table = new IntakeTable(out, options, ideal);
            table.header();
            for (Entry entry : entries) {
                table.row(entry, figures(entry, directory, leftovers));
            }
            table.footer();
        }
    }

    private Figures figures(Entry entry, TemporaryDirectory directory, Leftovers leftovers)
            throws IOException, InterruptedException {
        tell(entry.title() + ": starting");
        try (Contender contender = leftovers.add(Contender.start(entry, directory.path()))) {
            return contender.await(new ProgressLines(entry, this::tell));
        }
    }

    private void tell(String line) {
        progress.println(line);
        progress.flush();
    }
}
