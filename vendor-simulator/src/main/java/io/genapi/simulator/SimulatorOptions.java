package io.genapi.simulator;

import io.genapi.simulator.behaviour.Behaviour;
import io.genapi.simulator.tls.Encryption;
import java.util.List;
import java.util.Set;

/**
 * What a simulator is started with. Immutable.
 *
 * @param host address to listen on
 * @param port 0 for a free one
 * @param encryption plain, or TLS with a certificate that is made at the start
 * @param keys credentials that are accepted; empty to accept everybody
 * @param models that exist; empty to know every one
 * @param seed of everything that is left to chance
 * @param journalCapacity ended calls that are remembered, at least 1
 * @param behaviour at the start
 */
public record SimulatorOptions(
        String host,
        int port,
        Encryption encryption,
        Set<String> keys,
        List<String> models,
        long seed,
        int journalCapacity,
        Behaviour behaviour) {

    /** On a free loopback port, open to everybody, prompt and without fault; remembers 10,000 calls. */
    public static final SimulatorOptions PLAIN =
            new SimulatorOptions("127.0.0.1", 0, Encryption.NONE, Set.of(), List.of(), 42, 10_000, Behaviour.PROMPT);

    public SimulatorOptions {
        keys = Set.copyOf(keys);
        models = List.copyOf(models);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " must lie between 0 (any free one) and 65535");
        }
        if (journalCapacity < 1) {
            throw new IllegalArgumentException("journal capacity: " + journalCapacity + " must be at least 1");
        }
    }

    public SimulatorOptions withHost(String changed) {
        return new SimulatorOptions(changed, port, encryption, keys, models, seed, journalCapacity, behaviour);
    }

    public SimulatorOptions withPort(int changed) {
        return new SimulatorOptions(host, changed, encryption, keys, models, seed, journalCapacity, behaviour);
    }

    public SimulatorOptions withEncryption(Encryption changed) {
        return new SimulatorOptions(host, port, changed, keys, models, seed, journalCapacity, behaviour);
    }

    public SimulatorOptions withKeys(String... changed) {
        return new SimulatorOptions(host, port, encryption, Set.of(changed), models, seed, journalCapacity, behaviour);
    }

    public SimulatorOptions withModels(String... changed) {
        return new SimulatorOptions(host, port, encryption, keys, List.of(changed), seed, journalCapacity, behaviour);
    }

    public SimulatorOptions withSeed(long changed) {
        return new SimulatorOptions(host, port, encryption, keys, models, changed, journalCapacity, behaviour);
    }

    public SimulatorOptions withJournalCapacity(int changed) {
        return new SimulatorOptions(host, port, encryption, keys, models, seed, changed, behaviour);
    }

    public SimulatorOptions withBehaviour(Behaviour changed) {
        return new SimulatorOptions(host, port, encryption, keys, models, seed, journalCapacity, changed);
    }

    /** Keys stay out of logs. */
    @Override
    public String toString() {
        return "SimulatorOptions[host=%s, port=%d, encryption=%s, keys=%d, models=%s, seed=%d, journalCapacity=%d, behaviour=%s]"
                .formatted(host, port, encryption, keys.size(), models, seed, journalCapacity, behaviour);
    }
}
