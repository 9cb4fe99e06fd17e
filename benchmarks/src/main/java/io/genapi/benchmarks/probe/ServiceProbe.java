package io.genapi.benchmarks.probe;

import io.genapi.chaos.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a service says of itself at {@code /metrics}, and Linux of its memory. */
public final class ServiceProbe {

    private static final String RESIDENT = "VmRSS:";
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private final ServiceProcess service;

    public ServiceProbe(ServiceProcess service) {
        this.service = service;
    }

    /** Processor time of all threads since it began. */
    public Duration cpu() {
        return Duration.ofNanos((long) metric("process_cpu_time_ns_total"));
    }

    /** Has it collect its garbage first. */
    public Footprint footprint() {
        collectGarbage();
        return new Footprint((long) sum("jvm_memory_used_bytes{area=\"heap\""), residentBytes(), (int)
                metric("jvm_threads_peak_threads"));
    }

    /** The value of a metric without tags; 0 where there is none. */
    public double metric(String name) {
        return sum(name + " ");
    }

    private double sum(String beginning) {
        String metrics = new String(service.api().get("/metrics").body(), StandardCharsets.UTF_8);
        return metrics.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void collectGarbage() {
        try {
            Process jcmd = new ProcessBuilder(
                            JCMD.toString(), Long.toString(service.process().pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException("%s could not reach %s".formatted(JCMD, service.name()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private long residentBytes() {
        Path status = Path.of("/proc", Long.toString(service.process().pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
