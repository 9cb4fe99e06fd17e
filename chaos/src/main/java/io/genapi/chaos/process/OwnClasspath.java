package io.genapi.chaos.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts every program as this process was started: with the same Java, its options and its classpath. */
public final class OwnClasspath implements Installation {

    private final Path catalog;
    private final Map<Program, Integer> heapMegabytes;

    public OwnClasspath(Path catalog) {
        this(catalog, Map.of());
    }

    /** @param heapMegabytes of the programs that are to have another heap than they have else */
    public OwnClasspath(Path catalog, Map<Program, Integer> heapMegabytes) {
        this.catalog = catalog.toAbsolutePath();
        this.heapMegabytes = Map.copyOf(heapMegabytes);
    }

    @Override
    public List<String> command(Program program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Everything but the heap, so that a cache of classes that this process was started with fits these too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xmx"))
                .forEach(command::add);
        if (heapMegabytes.containsKey(program)) {
            // A small process's collector stops the world for too long where the heap is not small any more.
            command.remove("-XX:+UseSerialGC");
        }
        if (program.isScenery()) {
            // Minutes of a second compiler's work in each broker would be taken from the processes that are watched.
            command.add("-XX:TieredStopAtLevel=1");
        }
        int heap = heapMegabytes.getOrDefault(program, program.heapMegabytes());
        command.addAll(List.of("-Xmx" + heap + "m", "-cp", classpath(), program.mainClass()));
        return command;
    }

    @Override
    public Path catalog() {
        return catalog;
    }

    private static String classpath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
