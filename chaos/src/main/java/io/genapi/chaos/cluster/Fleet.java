package io.genapi.chaos.cluster;

import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.process.Spawned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** The processes of one program: as many as the layout says, and those that were added to them. */
final class Fleet {

    private final String name;
    private final int size;
    private final BiFunction<String, Map<String, String>, ServiceProcess> launch;
    private final List<ServiceProcess> processes = new CopyOnWriteArrayList<>();
    private final List<ServiceProcess> withSettings = new CopyOnWriteArrayList<>();
    private int started;

    /** @param launch starts one, from its name and its own settings */
    Fleet(String name, int size, BiFunction<String, Map<String, String>, ServiceProcess> launch) {
        this.name = name;
        this.size = size;
        this.launch = launch;
    }

    /** Stops what is too much or has settings of its own, and starts what is missing; none of it is awaited. */
    void restore() {
        List<ServiceProcess> surplus = new ArrayList<>(withSettings);
        List<ServiceProcess> plain = new ArrayList<>(alive());
        plain.removeAll(withSettings);
        surplus.addAll(plain.subList(Math.min(size, plain.size()), plain.size()));
        Spawned.stop(surplus.stream().map(ServiceProcess::process).toList());
        withSettings.clear();
        processes.removeIf(
                service -> surplus.contains(service) || !service.process().isAlive());
        while (processes.size() < size) {
            add(Map.of());
        }
    }

    /** Starts one more. */
    ServiceProcess add(Map<String, String> settings) {
        ServiceProcess service = launch.apply(name + "-" + ++started, settings);
        processes.add(service);
        if (!settings.isEmpty()) {
            withSettings.add(service);
        }
        return service;
    }

    List<ServiceProcess> alive() {
        return processes.stream().filter(service -> service.process().isAlive()).toList();
    }
}
