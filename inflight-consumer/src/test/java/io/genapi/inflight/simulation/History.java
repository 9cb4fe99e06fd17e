package io.genapi.inflight.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** All that happened, and whether it may: holds each start, each commit and the end against the group's promises. */
final class History {

    private final Setting setting;
    private final Trace trace;
    private final SimulatedTime time;
    private final Map<Long, Entry> written = new HashMap<>();
    private final Map<TopicPartition, NavigableMap<Long, Entry>> existing = new HashMap<>();
    private final Map<Long, List<Run>> runs = new HashMap<>();
    private final Map<String, Map<TopicPartition, List<Tenure>>> tenures = new LinkedHashMap<>();
    private final Set<Long> finished = new HashSet<>();

    /** Named as finished by a commit that Kafka took. */
    private final Set<Long> committed = new HashSet<>();

    private final Map<TopicPartition, Long> firstCommits = new HashMap<>();

    /** Records that an unclean election took from the log. */
    private final Set<Long> cutOff = new HashSet<>();

    private final Answers answers = new Answers();
    private final Map<Excuse, Integer> excuses = new EnumMap<>(Excuse.class);
    private final List<String> violations = new ArrayList<>();
    private long events;
    private int starts;

    History(Setting setting, Trace trace, SimulatedTime time) {
        this.setting = setting;
        this.trace = trace;
        this.time = time;
    }

    List<String> violations() {
        return violations;
    }

    Map<Excuse, Integer> excuses() {
        return excuses;
    }

    int starts() {
        return starts;
    }

    void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            trace.add("VIOLATION: " + otherwise.get());
            violations.add(otherwise.get());
        }
    }

    void wrote(Entry entry) {
        written.put(entry.id(), entry);
        log(entry.partition()).put(entry.offset(), entry);
    }

    void cutOff(Collection<Entry> entries) {
        entries.forEach(entry -> cutOff.add(entry.id()));
        deleted(entries);
    }

    void deleted(Collection<Entry> entries) {
        entries.forEach(entry -> log(entry.partition()).remove(entry.offset()));
    }

    Entry entry(long id) {
        return Objects.requireNonNull(written.get(id));
    }

    boolean isFinished(Entry entry) {
        return finished.contains(entry.id());
    }

    /** @param running what the process runs already */
    Run started(Entry entry, String process, boolean asked, Collection<Run> running) {
        starts++;
        Run run = new Run(entry, process, asked, ++events, time.instant());
        List<Run> earlier = runs.computeIfAbsent(entry.id(), any -> new ArrayList<>());
        trace.add("    start " + run);
        earlier.forEach(before -> repeated(before, run));
        earlier.add(run);
        checkBounds(run, running);
        checkOrder(run);
        return run;
    }

    private void repeated(Run earlier, Run now) {
        Tenure tenure = tenures(now.process, now.entry.partition()).getLast();
        Optional<Excuse> excuse = Repeats.excuse(
                earlier,
                now,
                tenure,
                tenures(earlier.process, earlier.entry.partition()),
                new Repeats.Known(
                        committed.contains(now.entry.id()),
                        setting.handsOver(),
                        answers.released(earlier, now, tenure),
                        firstCommits.getOrDefault(tenure.partition, Long.MAX_VALUE) < tenure.began));
        require(!isRuledOut(earlier, now, excuse), () -> "a repeat in spite of a claim: " + now + " after " + earlier);
        excuse.ifPresent(why -> excuses.merge(why, 1, Integer::sum));
        require(excuse.isPresent(), () -> "a repeat without excuse: " + now + " after " + earlier);
        require(
                earlier.end == Run.End.SET_ASIDE
                        || !setting.handsOver()
                        || !setting.faults().areHarmless(),
                () -> "a repeat where nothing is lost: " + now + " after " + earlier);
    }

    /** Whether claims have made up for what would be an excuse without them. A log that is cut off puts an end to both. */
    private boolean isRuledOut(Run earlier, Run now, Optional<Excuse> excuse) {
        if (setting.faults().truncate()
                || earlier.process.equals(now.process)
                || excuse.filter(why -> why == Excuse.PARTITION_LOST || why == Excuse.LAST_COMMIT_LOST)
                        .isEmpty()) {
            return false;
        }
        TopicPartition partition = now.entry.partition();
        Tenure tenure = tenures(now.process, partition).getLast();
        Tenure earliers = tenures(earlier.process, partition).stream()
                .filter(one -> one.began < earlier.began)
                .reduce((_, later) -> later)
                .orElseThrow();
        return answers.told(earlier, now, tenure) || answers.fenced(earlier, now, earliers, tenure);
    }

    /** The assignments of which that process knows now. */
    Map<TopicPartition, Tenure> present(String process, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Tenure> present = new LinkedHashMap<>();
        partitions.forEach(
                partition -> present.put(partition, tenures(process, partition).getLast()));
        return present;
    }

    /** One member has told another one what it has in hand of these. */
    void answered(String claimant, String asked, Collection<Tenure> of, boolean inTime) {
        Instant until = time.instant().plus(setting.poll().handOverLease().orElseThrow());
        of.stream()
                .filter(tenure -> !tenure.claimed)
                .forEach(tenure -> answers.add(claimant, asked, tenure, ++events, inTime, until));
    }

    /** All other members have. */
    void everybodyAnswered(String claimant, Collection<Tenure> of) {
        of.forEach(tenure -> answers.addRound(claimant, tenure, ++events));
    }

    void died(String process) {
        answers.died(process, ++events);
    }

    /** What comes before it under its ordering key is finished, wherever it ran. */
    private void checkOrder(Run run) {
        Entry entry = run.entry;
        // Kafka shows no key of what cannot be deserialised.
        if (setting.ordered() && entry.readable() && !cutOff.contains(entry.id())) {
            for (Entry before :
                    log(entry.partition()).headMap(entry.offset(), false).values()) {
                require(
                        !before.readable() || !before.key().equals(entry.key()) || isFinished(before),
                        () -> run + " passed " + before);
            }
        }
    }

    private NavigableMap<Long, Entry> log(TopicPartition partition) {
        return existing.computeIfAbsent(partition, any -> new TreeMap<>());
    }

    private void checkBounds(Run run, Collection<Run> running) {
        TopicPartition partition = run.entry.partition();
        int inAll = 1;
        int inPartition = 1;
        int inLane = 1;
        long bytes = run.entry.bytes();
        for (Run other : running) {
            inAll++;
            inPartition += countsFor(run, other) ? 1 : 0;
            inLane += other.entry.partition().topic().equals(partition.topic()) ? 1 : 0;
            bytes += other.entry.bytes();
        }
        long allBytes = bytes;
        require(inAll <= setting.poll().maxInFlight(), () -> run + " is one too many for its process");
        require(
                inPartition <= setting.poll().maxInFlightPerPartition(),
                () -> run + " is one too many of its partition");
        require(inLane <= setting.maxRunning(partition), () -> run + " is one too many of its lane");
        require(
                inAll == 1 || bytes <= setting.poll().maxBytesInFlight(),
                () -> run + " makes it " + allBytes + " bytes");
        // One that asks was let through before, and may have had to ask twice.
        require(run.asked || !setting.isGated(partition) || setting.gate().isOpen(), () -> run + " passed a shut gate");
    }

    /** What runs on from before its partition went, or from a log that was cut off, is bounded by its process alone. */
    private boolean countsFor(Run run, Run other) {
        TopicPartition partition = run.entry.partition();
        return other.entry.partition().equals(partition)
                && other.began > tenures(run.process, partition).getLast().began
                && !cutOff.contains(other.entry.id());
    }

    void finished(Run run) {
        ended(run, Run.End.FINISHED);
        finished.add(run.entry.id());
    }

    void ended(Run run, Run.End how) {
        run.end = how;
        run.ended = ++events;
        trace.add("    end " + run);
    }

    void took(String process, Collection<TopicPartition> partitions) {
        trace.add("    " + process + " takes " + partitions);
        for (TopicPartition partition : partitions) {
            tenures(process, partition).add(new Tenure(process, partition, ++events));
        }
    }

    void gaveUp(String process, Collection<TopicPartition> partitions, Tenure.End how, SimulatedBroker broker) {
        trace.add("    " + process + " gives up " + partitions + " " + how);
        for (TopicPartition partition : partitions) {
            Tenure tenure = tenures(process, partition).getLast();
            tenure.end = how;
            tenure.ended = ++events;
            broker.committed(partition)
                    .flatMap(commit -> Claims.progress(commit).lease())
                    .ifPresent(lease -> tenure.reservedUntil = lease.until());
        }
    }

    /** Ends whatever the process still owns, as the coordinator sees it. */
    void gone(String process, Tenure.End how, SimulatedBroker broker) {
        List<TopicPartition> owned = new ArrayList<>();
        tenures.getOrDefault(process, Map.of()).forEach((partition, known) -> {
            if (known.getLast().end == Tenure.End.NOT_YET) {
                owned.add(partition);
            }
        });
        if (!owned.isEmpty()) {
            gaveUp(process, owned, how, broker);
        }
    }

    private List<Tenure> tenures(String process, TopicPartition partition) {
        return tenures.computeIfAbsent(process, any -> new LinkedHashMap<>())
                .computeIfAbsent(partition, any -> new ArrayList<>());
    }

    /** Kafka takes that commit in place of the one before. */
    void committed(SimulatedLog log, String member, Optional<OffsetAndMetadata> before, OffsetAndMetadata commit) {
        Supplier<String> what = () -> log.partition() + " by " + member + ": " + describe(commit);
        trace.add("    commit " + what.get());
        require(commit.metadata().length() <= setting.poll().budget().bytes(), () -> "over the budget: " + what.get());
        Set<Long> claimed = Claims.finished(log, commit);
        for (Entry entry : log.entries()) {
            boolean names = claimed.contains(entry.id());
            require(!names || isFinished(entry), () -> "skips unfinished " + entry + ": " + what.get());
            require(names || !committed.contains(entry.id()), () -> "forgets finished " + entry + ": " + what.get());
        }
        committed.addAll(claimed);
        firstCommits.putIfAbsent(log.partition(), ++events);
        before.ifPresent(last -> require(
                log.validated(last.offset(), last.leaderEpoch())
                        <= log.validated(commit.offset(), commit.leaderEpoch()),
                () -> "goes back from " + describe(last) + ": " + what.get()));
    }

    private static String describe(OffsetAndMetadata commit) {
        var progress = Claims.progress(commit);
        return commit.offset()
                + " epoch " + commit.leaderEpoch()
                + " finished " + progress.finished()
                + " of epoch " + progress.leaderEpoch()
                + " lease " + progress.lease();
    }

    /** After the end: nothing that exists is left over. */
    void checkNothingIsLeft(Collection<SimulatedLog> logs) {
        for (SimulatedLog log : logs) {
            log.entries().forEach(entry -> require(isFinished(entry), () -> entry + " was never finished"));
        }
    }
}
