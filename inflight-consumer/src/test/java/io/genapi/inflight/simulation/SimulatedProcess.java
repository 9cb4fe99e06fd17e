package io.genapi.inflight.simulation;

import io.genapi.inflight.poll.FormerOwners;
import io.genapi.inflight.poll.PollLoop;
import io.genapi.inflight.poll.Treatment;
import io.genapi.inflight.run.Attempts;
import io.genapi.inflight.run.RetryPolicy;
import io.genapi.inflight.run.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One process with one consumer: a real loop, whose records' runs end when the schedule says so. */
final class SimulatedProcess {

    /** What becomes of a run that is let go on. */
    enum Word {
        FINISH,
        FAIL,
        LATER,
        CUT
    }

    private static final class Job {
        private final Fiber fiber;
        private @Nullable Run run;
        private boolean asks;
        private boolean poison;
        private Word word = Word.FINISH;

        Job(Runnable task) {
            fiber = new Fiber(task);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    final String name;
    private final World world;
    private final SimulatedConsumer consumer;
    private final PollLoop<String, String> loop;
    private final List<Job> jobs = new ArrayList<>();
    private @Nullable Job current;
    private boolean stopping;
    private boolean cutting;
    private boolean over;

    SimulatedProcess(String name, World world, Setting setting) {
        this.name = name;
        this.world = world;
        consumer = new SimulatedConsumer(name, world, setting.maxPollRecords());
        Attempts<ConsumerRecord<String, String>> attempts = new Attempts<>(
                (record, cause) -> takePoison(record),
                new RetryPolicy(setting.maxAttempts(), Duration.ofMillis(10), Duration.ofSeconds(1)),
                duration -> goOnWhenTold(),
                world.dice::nextLong,
                () -> cutting);
        loop = new PollLoop<>(
                consumer,
                setting.poll(),
                this::launch,
                attempts,
                new Treatment<>(
                        this::handle,
                        setting.handsOver() ? Optional.of(this::isDone) : Optional.empty(),
                        record -> setting.ordered() ? record.key() : null),
                _ -> CompletableFuture.completedFuture(Map.of()),
                setting.claims() ? Optional.of(this::claim) : Optional.empty(),
                world.time,
                world.time::nanos,
                duration -> {},
                new SimpleMeterRegistry());
        loop.subscribe();
    }

    boolean isOver() {
        return over;
    }

    boolean isStopping() {
        return stopping;
    }

    int running() {
        return jobs.size();
    }

    void killWithin(int calls) {
        consumer.killWithin(calls);
    }

    /** One turn of its loop; the last one if it stops and nothing runs any more. */
    void turn() {
        try {
            loop.doWork();
            if (stopping && loop.inFlight() == 0) {
                loop.close();
                over = true;
            }
        } catch (ProcessKilled _) {
            kill();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    void stop() {
        stopping = true;
        try {
            loop.stopIntake();
        } catch (ProcessKilled _) {
            kill();
        }
    }

    /** Its grace is over: interrupts what runs. */
    void cut() {
        cutting = true;
        while (!jobs.isEmpty()) {
            goOn(jobs.getFirst(), Word.CUT);
        }
    }

    void kill() {
        over = true;
        world.trace.add("    " + name + " is killed");
        world.history.died(name);
        consumer.killed();
        jobs.stream()
                .map(job -> job.run)
                .filter(Objects::nonNull)
                .forEach(run -> world.history.ended(run, Run.End.KILLED));
        cut();
    }

    /** Lets one of what runs, in the order of their starts, go on. */
    void goOn(int place, Word word) {
        goOn(jobs.get(place), word);
    }

    private void launch(Runnable task) {
        Job job = new Job(task);
        jobs.add(job);
        goOn(job, Word.FINISH);
    }

    private void goOn(Job job, Word word) {
        job.word = word == Word.LATER && job.poison ? Word.FINISH : word;
        current = job;
        job.fiber.resume();
        current = null;
        if (job.fiber.isEnded()) {
            jobs.remove(job);
            Run run = job.run;
            if (run != null && run.isRunning()) {
                world.history.ended(run, Run.End.GIVEN_UP);
            }
        }
    }

    /** On the run's fiber. */
    private Word goOnWhenTold() throws InterruptedException {
        Job job = Objects.requireNonNull(current);
        job.fiber.pause();
        if (job.word == Word.CUT) {
            throw new InterruptedException();
        }
        return job.word;
    }

    /** Asks all that live, of which some do not answer, or too late. On the question's fiber. */
    private FormerOwners.InHand claim(Set<TopicPartition> partitions) throws InterruptedException {
        Instant asked = world.time.instant();
        Map<TopicPartition, Tenure> tenures = world.history.present(name, partitions);
        if (world.dice.percent(20)) {
            var _ = goOnWhenTold();
        }
        boolean inTime = asked.plus(PATIENCE).isAfter(world.time.instant());
        Map<TopicPartition, Set<Long>> inHand = new HashMap<>();
        boolean everybodySaid = true;
        for (SimulatedProcess other : world.processes) {
            if (other != this) {
                boolean says = !world.dice.percent(world.faults.areHarmless() ? 0 : 10);
                everybodySaid &= says;
                if (says) {
                    other.loop
                            .cede(partitions)
                            .forEach((partition, offsets) -> inHand.computeIfAbsent(partition, _ -> new HashSet<>())
                                    .addAll(offsets));
                    world.history.answered(name, other.name, tenures.values(), inTime);
                }
            }
        }
        tenures.values().forEach(tenure -> tenure.claimed = true);
        if (everybodySaid) {
            world.history.everybodyAnswered(name, tenures.values());
        }
        world.trace.add("    " + name + " claims " + partitions + ": " + inHand + (inTime ? "" : ", too late")
                + (everybodySaid ? "" : ", not all said"));
        return new FormerOwners.InHand(inHand, everybodySaid);
    }

    private boolean isDone(ConsumerRecord<String, String> record) {
        Objects.requireNonNull(current).asks = true;
        if (world.dice.percent(world.faults.checkFails())) {
            throw new IllegalStateException("the check has failed");
        }
        Entry entry = world.history.entry(record.timestamp());
        boolean done = world.history.isFinished(entry);
        world.trace.add("    " + name + " asks for " + entry + ": " + done);
        return done;
    }

    private Verdict handle(ConsumerRecord<String, String> record) throws InterruptedException {
        Job job = Objects.requireNonNull(current);
        Run run = job.run;
        if (run == null) {
            List<Run> others = jobs.stream()
                    .map(other -> other.run)
                    .filter(Objects::nonNull)
                    .toList();
            run = world.history.started(world.history.entry(record.timestamp()), name, job.asks, others);
            job.run = run;
        }
        return switch (goOnWhenTold()) {
            case FINISH, CUT -> {
                world.history.finished(run);
                yield Verdict.done();
            }
            case LATER -> {
                world.history.ended(run, Run.End.SET_ASIDE);
                yield Verdict.later(Duration.ofMillis(world.dice.below(2_000)));
            }
            case FAIL -> throw new IllegalStateException("the attempt has failed");
        };
    }

    /** The poison handler has no other time to tell. */
    private void takePoison(ConsumerRecord<String, String> record) throws InterruptedException {
        Job job = Objects.requireNonNull(current);
        job.poison = true;
        handle(record);
    }

    @Override
    public String toString() {
        return name;
    }
}
