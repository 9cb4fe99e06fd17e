package io.genapi.runtime.service;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A service as a process: its command line, its clean end on SIGTERM, its exit code. 0: stopped as asked; 1: could not
 * start, with the reason on standard error, or not stop in good order; 2: the command line is wrong.
 */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public final class ServiceCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCommand.class);

    private final ServiceDefinition definition;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka; several separated by commas. Default: localhost:9092.")
    private @Nullable String bootstrap;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to answer HTTP on; 0 for any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on. Default: 127.0.0.1, this machine only.")
    private @Nullable String host;

    @Option(
            names = "--advertise",
            paramLabel = "URL",
            description = "Where the other processes reach this one. Default: the host and port it listens on.")
    private @Nullable String advertise;

    @Option(names = "--config", paramLabel = "FILE", description = "The vendor catalog. Default: config/genapi.yaml.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any other setting by its full name, such as genapi.kafka.partitions=12. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    private ServiceCommand(ServiceDefinition definition) {
        this.definition = definition;
    }

    /** Runs the service until it is told to stop, then ends the JVM. */
    public static void main(ServiceDefinition definition, String[] arguments) {
        CommandLine command = new CommandLine(new ServiceCommand(definition));
        command.setCommandName("genapi-" + definition.name());
        command.getCommandSpec().usageMessage().description(definition.description());
        command.setExecutionExceptionHandler((failure, line, _) -> report(failure, line.getErr()));
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningService service = ServiceLauncher.start(definition, properties());
        StopSignal signal = StopSignal.closes(service);
        LOG.atInfo()
                .addKeyValue("service", definition.name())
                .addKeyValue("port", service.port())
                .log("Started");
        signal.await();
        return 0;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(settings);
        put(properties, "genapi.kafka.bootstrap-servers", bootstrap);
        put(properties, "server.port", port);
        put(properties, "server.address", host);
        put(properties, "genapi.advertised-url", advertise);
        put(properties, "genapi.catalog", config);
        return properties;
    }

    private static void put(Map<String, Object> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    private static int report(Exception failure, PrintWriter err) {
        if (failure instanceof StartException explained) {
            err.println(explained.getMessage());
        } else {
            LOG.error("The service failed to start", failure);
            err.println("The service failed to start: " + failure);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
