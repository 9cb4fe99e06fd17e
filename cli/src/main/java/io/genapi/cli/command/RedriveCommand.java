package io.genapi.cli.command;

import io.genapi.cli.client.Gateway;
import io.genapi.cli.deadletter.DeadLetterTopic;
import io.genapi.cli.deadletter.RedriveDecision;
import io.genapi.cli.deadletter.RedrivePolicy;
import io.genapi.cli.deadletter.Redriven;
import io.genapi.cli.deadletter.StoredLetter;
import io.genapi.runtime.log.LogLevels;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.PrintableText;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.standalone.StandaloneState;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows dead letters and puts them back. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show dead letters, or put them back to be worked on again; with --status, go once more at jobs that ended"
                    + " without an answer.",
            "A letter that never came to be a job keeps its id. One whose job has ended as failed becomes a new job;"
                    + " the old id and the new one are printed. No letter is put back twice, unless this command dies"
                    + " just after putting it back. While one such command puts letters back, another one refuses to."
        })
final class RedriveCommand implements Callable<Integer> {

    private static final Pattern ADDRESSES = Pattern.compile("[^,]+:[0-9]{1,5}(,[^,]+:[0-9]{1,5})*");
    private static final String USUAL = "127.0.0.1:9092";

    @Parameters(
            paramLabel = "NUMBER",
            arity = "0..*",
            description = "Put these letters back, by their numbers in the list.")
    private List<Long> numbers = new ArrayList<>();

    @Option(names = "--list", description = "List the letters, the oldest first. So does the command without anything.")
    private boolean list;

    @Option(names = "--all", description = "Put back all letters that were not put back yet.")
    private boolean all;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka. Default: the broker that runs on the data directory, else " + USUAL + ".")
    private Optional<String> bootstrap = Optional.empty();

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "genapi",
            description = "What the broker's topics begin with. Default: ${DEFAULT-VALUE}.")
    private String prefix = "genapi";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The data directory of a local broker. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @ArgGroup(exclusive = false)
    private @Nullable EndedJobs endedJobs;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        EndedJobs jobs = endedJobs;
        if (jobs != null) {
            return redrive(jobs);
        }
        if ((list ? 1 : 0) + (all ? 1 : 0) + (numbers.isEmpty() ? 0 : 1) > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Give either --list, or --all, or the numbers of letters; not several of them.");
        }
        if (bootstrap.filter(given -> !ADDRESSES.matcher(given).matches()).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bootstrap is '%s'; give HOST:PORT, or several of them with commas between."
                            .formatted(bootstrap.get()));
        }
        LogLevels.withoutKafkaClients();
        TopicNames topics = new TopicNames(prefix);
        try (DeadLetterTopic letters = open(topics)) {
            Redriven redriven = letters.redriven();
            if (all) {
                return putBackAll(letters, redriven, topics);
            }
            return numbers.isEmpty() ? show(letters, redriven) : putBack(letters, redriven, topics);
        }
    }

    private int redrive(EndedJobs jobs) throws InterruptedException {
        Instant now = InstantSource.system().instant();
        Optional<String> fault = list || all || !numbers.isEmpty()
                ? Optional.of("--status is for jobs, --list, --all and numbers are for dead letters; not both.")
                : jobs.fault(now);
        if (fault.isPresent()) {
            throw new ParameterException(spec.commandLine(), fault.get());
        }
        try (Gateway gateway = new GatewayOptions(jobs.url(), data).gateway()) {
            return jobs.redrive(
                            gateway,
                            now,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr())
                    ? ExitCodes.OK
                    : ExitCodes.FAILED;
        }
    }

    private DeadLetterTopic open(TopicNames topics) {
        return all || !numbers.isEmpty()
                ? DeadLetterTopic.openAlone(kafka(), topics.deadLetters(), topics.prefix() + "-redrive")
                : DeadLetterTopic.open(kafka(), topics.deadLetters());
    }

    private String kafka() {
        return bootstrap
                .or(() -> StandaloneState.read(data).map(StandaloneState::kafka))
                .orElse(USUAL);
    }

    private int show(DeadLetterTopic letters, Redriven redriven) throws InterruptedException {
        List<Long> seen = new ArrayList<>(1);
        letters.forEach(stored -> {
            if (seen.isEmpty()) {
                seen.add(stored.number());
            }
            print(row(stored, redriven.contains(stored.number())));
        });
        if (seen.isEmpty()) {
            print("No dead letters.");
        }
        return ExitCodes.OK;
    }

    private static String row(StoredLetter stored, boolean redriven) {
        String state = stored.letter().isEmpty() ? "foreign" : redriven ? "redriven" : "-";
        return "%6d  %-24s  %-8s  %9d B  %-30s  %s  %s"
                .formatted(
                        stored.number(),
                        stored.at(),
                        state,
                        stored.bytes(),
                        stored.job().map(JobId::value).orElse("-"),
                        stored.from().orElse("-"),
                        PrintableText.of(stored.reason()));
    }

    private int putBackAll(DeadLetterTopic letters, Redriven redriven, TopicNames topics) throws InterruptedException {
        RedrivePolicy policy = policy(topics);
        Tally tally = new Tally();
        letters.forEach(stored -> {
            if (redriven.contains(stored.number())) {
                tally.before++;
            } else {
                tally.count(putBack(letters, stored, policy));
            }
        });
        print("%d put back, %d cannot be, %d were before.".formatted(tally.done, tally.impossible, tally.before));
        return ExitCodes.OK;
    }

    private static final class Tally {
        private int done;
        private int impossible;
        private int before;

        void count(boolean putBack) {
            done += putBack ? 1 : 0;
            impossible += putBack ? 0 : 1;
        }
    }

    private int putBack(DeadLetterTopic letters, Redriven redriven, TopicNames topics) throws InterruptedException {
        RedrivePolicy policy = policy(topics);
        Set<Long> wanted = new TreeSet<>(numbers);
        Tally tally = new Tally();
        letters.forEach(stored -> {
            if (!wanted.remove(stored.number())) {
                return;
            }
            if (redriven.contains(stored.number())) {
                tally.before++;
                complain("Letter %d was redriven before, and stays where it is.".formatted(stored.number()));
            } else {
                tally.count(putBack(letters, stored, policy));
            }
        });
        wanted.forEach(number -> complain("There is no letter %d. See: genapi jobs redrive --list".formatted(number)));
        return wanted.isEmpty() && tally.before == 0 && tally.impossible == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static RedrivePolicy policy(TopicNames topics) {
        return new RedrivePolicy(topics, InstantSource.system(), new SecureRandom());
    }

    private boolean putBack(DeadLetterTopic letters, StoredLetter stored, RedrivePolicy policy)
            throws InterruptedException {
        RedriveDecision decision = stored.letter()
                .map(policy::decide)
                .orElseGet(
                        () -> new RedriveDecision.Impossible("it is no letter: " + PrintableText.of(stored.reason())));
        return switch (decision) {
            case RedriveDecision.SameJob same -> {
                letters.putBack(stored, same);
                print("%6d  %s  %s".formatted(stored.number(), same.id(), same.topic()));
                yield true;
            }
            case RedriveDecision.NewJob fresh -> {
                letters.putBack(stored, fresh);
                print("%6d  %s -> %s  %s".formatted(stored.number(), fresh.ended(), fresh.id(), fresh.topic()));
                yield true;
            }
            case RedriveDecision.Impossible(var reason) -> {
                complain("Letter %d cannot be put back: %s.".formatted(stored.number(), reason));
                yield false;
            }
        };
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void complain(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
