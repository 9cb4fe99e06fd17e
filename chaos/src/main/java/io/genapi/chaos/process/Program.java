package io.genapi.chaos.process;

/** A program of the broker that runs as a process of its own. */
public enum Program {
    GATEWAY("gateway-api", "io.genapi.gateway.GatewayService", 384),
    WORKER("dispatcher-worker", "io.genapi.worker.WorkerService", 384),
    STORE("result-store", "io.genapi.store.StoreService", 384),
    SIMULATOR("vendor-simulator", "io.genapi.simulator.commandline.SimulatorMain", 384),
    /** One combined broker and controller; the command line's classpath is the smallest that has Kafka's server. */
    KAFKA("cli", "io.genapi.embeddedkafka.EmbeddedKafkaMain", 512);

    private final String module;
    private final String mainClass;
    private final int heapMegabytes;

    Program(String module, String mainClass, int heapMegabytes) {
        this.module = module;
        this.mainClass = mainClass;
        this.heapMegabytes = heapMegabytes;
    }

    /** The module whose jar has it, with its libraries. */
    public String module() {
        return module;
    }

    public String mainClass() {
        return mainClass;
    }

    /** Whether it only stands around what is watched: Kafka and the vendors. */
    boolean isScenery() {
        return this == KAFKA || this == SIMULATOR;
    }

    /** What one process of it gets. */
    public int heapMegabytes() {
        return heapMegabytes;
    }
}
