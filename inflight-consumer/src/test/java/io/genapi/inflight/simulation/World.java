package io.genapi.inflight.simulation;

import java.util.ArrayList;
import java.util.List;

/** What everything in one schedule shares. */
final class World {

    final Dice dice;
    final Trace trace = new Trace();
    final SimulatedTime time = new SimulatedTime();
    final History history;
    final SimulatedBroker broker;

    /** Those that live. */
    final List<SimulatedProcess> processes = new ArrayList<>();

    /** Those of now: none once the schedule has ended and what lives runs dry. */
    Faults faults;

    World(Dice dice, Setting setting) {
        this.dice = dice;
        this.faults = setting.faults();
        history = new History(setting, trace, time);
        broker = new SimulatedBroker(setting.partitions(), new SimulatedGroup(setting.partitions(), dice), history);
    }
}
