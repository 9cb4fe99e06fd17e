package io.genapi.inflight.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One life of a group: random steps, and at the end everything that lives runs dry. */
final class Schedule {

    private final long seed;
    private final Dice dice;
    private final Setting setting;
    private final World world;
    private final List<SimulatedProcess> processes;

    /** Killed ones that the coordinator still takes for members. */
    private final List<SimulatedProcess> unnoticed = new ArrayList<>();

    private long writes;
    private int joins;

    private Schedule(long seed, Dice dice, Faults faults) {
        this.seed = seed;
        this.dice = dice;
        // Those that claim nothing have the steps that they had before there were claims.
        setting = Setting.of(dice, faults, seed % 4 < 2);
        world = new World(dice, setting);
        processes = world.processes;
    }

    /** Every third seed's faults are harmless. */
    static Schedule of(long seed) {
        Dice dice = new Dice(seed);
        return new Schedule(seed, dice, seed % 3 == 0 ? Faults.harmless(dice) : Faults.any(dice));
    }

    /** @throws AssertionError with the last steps, if a promise was broken */
    void run() {
        try {
            join();
            for (int step = 0; step < setting.steps(); step++) {
                step();
                checkHolds();
            }
            runDry();
            checkHolds();
        } catch (RuntimeException broken) {
            throw new AssertionError(describe("threw " + broken), broken);
        }
    }

    Map<Excuse, Integer> excuses() {
        return world.history.excuses();
    }

    int starts() {
        return world.history.starts();
    }

    long digest() {
        return world.trace.digest();
    }

    private void checkHolds() {
        if (!world.history.violations().isEmpty()) {
            throw new AssertionError(describe(world.history.violations().getFirst()));
        }
    }

    private String describe(String what) {
        return what + "\nreplay it with -Dinflight.simulation.seed=" + seed + "\n" + setting + "\n" + world.trace;
    }

    private void step() {
        int kind = dice.below(100);
        if (kind < 18) {
            write();
        } else if (kind < 60) {
            turn();
        } else if (kind < 84) {
            goOn();
        } else if (kind < 91) {
            pass(Duration.ofMillis(dice.percent(15) ? dice.below(30_000) : dice.below(200)));
        } else {
            rare();
        }
    }

    private void rare() {
        switch (dice.below(10)) {
            case 0, 1 -> join();
            case 2 -> stop();
            case 3 -> kill();
            case 4 -> fence();
            case 5 -> elect();
            case 6 -> deleteOld();
            case 7 -> {
                world.trace.add("rebalance");
                world.broker.group().rebalance();
            }
            case 8 -> setting.gate().toggle();
            default -> noticeDeath();
        }
    }

    private void write() {
        SimulatedLog log = dice.oneOf(List.copyOf(world.broker.logs()));
        for (int count = dice.between(1, 12); count > 0; count--) {
            boolean readable = !dice.percent(setting.faults().unreadable());
            Entry entry = log.append(++writes, dice.between(1, 60), readable, "key" + dice.below(4));
            world.history.wrote(entry);
            if (setting.gaps() && dice.percent(30)) {
                log.leaveGap(dice.between(1, 40));
            }
        }
        world.trace.add("write up to " + log.partition() + "@" + log.end());
    }

    private void turn() {
        if (!processes.isEmpty()) {
            turn(dice.oneOf(processes));
        }
    }

    private void turn(SimulatedProcess process) {
        // A process that has left the group really waits for its runs to end, so it is asked rarely while it has any.
        if (process.isStopping() && setting.handsOver() && process.running() > 0 && !dice.percent(5)) {
            return;
        }
        world.trace.add("turn " + process);
        process.turn();
        afterwards(process);
    }

    private void afterwards(SimulatedProcess process) {
        if (process.isOver() && processes.remove(process)) {
            unnoticed.add(process);
        }
    }

    private void goOn() {
        List<SimulatedProcess> busy =
                processes.stream().filter(process -> process.running() > 0).toList();
        if (busy.isEmpty()) {
            return;
        }
        SimulatedProcess process = dice.oneOf(busy);
        world.trace.add("runs of " + process);
        for (int count = dice.between(1, 8); count > 0 && process.running() > 0; count--) {
            int spared = process.running() > 1 && dice.percent(setting.spared()) ? 1 : 0;
            process.goOn(spared + dice.below(process.running() - spared), word());
        }
    }

    private SimulatedProcess.Word word() {
        if (dice.percent(world.faults.attempt())) {
            return SimulatedProcess.Word.FAIL;
        }
        return dice.percent(world.faults.later()) ? SimulatedProcess.Word.LATER : SimulatedProcess.Word.FINISH;
    }

    private void pass(Duration time) {
        world.trace.add("pass " + time);
        world.time.pass(time);
    }

    private void join() {
        if (processes.size() < setting.members()) {
            SimulatedProcess process = new SimulatedProcess("p" + ++joins, world, setting);
            world.trace.add("join " + process);
            processes.add(process);
        }
    }

    /** SIGTERM, or for one that has got it before, the end of its grace. */
    private void stop() {
        if (processes.isEmpty()) {
            return;
        }
        SimulatedProcess process = dice.oneOf(processes);
        if (!process.isStopping()) {
            world.trace.add("stop " + process);
            process.stop();
        } else if (!world.faults.areHarmless()) {
            world.trace.add("cut " + process);
            process.cut();
        }
        afterwards(process);
    }

    private void kill() {
        if (!world.faults.crash() || processes.isEmpty()) {
            return;
        }
        SimulatedProcess process = dice.oneOf(processes);
        switch (dice.below(3)) {
            case 0 -> process.kill();
            case 1 -> {
                world.trace.add("kill " + process + " soon");
                process.killWithin(dice.between(1, 12));
            }
            default -> {
                world.trace.add("kill " + process + " after an end");
                if (process.running() > 0) {
                    process.goOn(dice.below(process.running()), SimulatedProcess.Word.FINISH);
                }
                process.kill();
            }
        }
        afterwards(process);
    }

    /** The coordinator throws out a member that lives. */
    private void fence() {
        if (world.faults.fence() && !processes.isEmpty()) {
            SimulatedProcess process = dice.oneOf(processes);
            world.trace.add("fence " + process);
            world.history.gone(process.name, Tenure.End.LOST, world.broker);
            world.broker.group().remove(process.name);
        }
    }

    /** The coordinator notices that a member was killed. */
    private void noticeDeath() {
        if (!unnoticed.isEmpty()) {
            SimulatedProcess process = unnoticed.remove(dice.below(unnoticed.size()));
            world.trace.add("notice the death of " + process);
            world.history.gone(process.name, Tenure.End.CRASHED, world.broker);
            world.broker.group().remove(process.name);
        }
    }

    private void elect() {
        SimulatedLog log = dice.oneOf(List.copyOf(world.broker.logs()));
        boolean unclean = world.faults.truncate() && dice.percent(70);
        long end = unclean ? Math.max(log.start(), log.end() - dice.below(30)) : log.end();
        world.trace.add("elect a leader of " + log.partition() + " whose log ends at " + end + " of " + log.end());
        world.history.cutOff(log.elect(end));
    }

    private void deleteOld() {
        SimulatedLog log = dice.oneOf(List.copyOf(world.broker.logs()));
        List<Entry> entries = List.copyOf(log.entries());
        if (entries.size() > 10 && dice.percent(30)) {
            long start = entries.get(dice.below(10)).offset();
            world.trace.add("delete " + log.partition() + " below " + start);
            world.history.deleted(log.deleteBelow(start));
        }
    }

    /** Nothing more goes wrong, every run ends, and the group gets to the end of every log in a bounded time. */
    private void runDry() {
        world.trace.add("run dry");
        world.faults = Faults.NONE;
        setting.gate().open();
        long bound = 300
                + 3
                        * world.broker.logs().stream()
                                .mapToLong(log -> log.entries().size())
                                .sum();
        for (long round = 0; !isDry(); round++) {
            long rounds = round;
            world.history.require(rounds < bound, () -> "stuck: not dry after " + bound + " rounds");
            checkHolds();
            noticeDeath();
            if (processes.stream().allMatch(SimulatedProcess::isStopping)) {
                join();
            }
            finishAll();
            List.copyOf(processes).forEach(this::turn);
            finishAll();
            pass(setting.poll().stopLease().dividedBy(50).plusMillis(500));
            checkHolds();
        }
        world.history.checkNothingIsLeft(world.broker.logs());
    }

    private void finishAll() {
        for (SimulatedProcess process : processes) {
            while (process.running() > 0) {
                process.goOn(0, SimulatedProcess.Word.FINISH);
            }
        }
    }

    private boolean isDry() {
        return unnoticed.isEmpty()
                && processes.stream().allMatch(process -> process.running() == 0 && !process.isStopping())
                && world.broker.logs().stream().allMatch(this::isDry);
    }

    private boolean isDry(SimulatedLog log) {
        return world.broker
                .committed(log.partition())
                // A map may go on naming offsets that were cut off, until others are written there.
                .map(commit -> (setting.faults().truncate() || commit.metadata().isEmpty())
                        && log.from(log.validated(commit.offset(), commit.leaderEpoch()))
                                .isEmpty())
                .orElse(log.entries().isEmpty());
    }
}
