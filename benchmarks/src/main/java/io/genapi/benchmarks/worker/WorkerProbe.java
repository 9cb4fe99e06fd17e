package io.genapi.benchmarks.worker;

import io.genapi.chaos.process.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a worker says of itself at {@code /metrics}, and Linux of its memory. */
final class WorkerProbe {

    private static final String PEAK_RESIDENT = "VmHWM:";

    private final ServiceProcess worker;

    WorkerProbe(ServiceProcess worker) {
        this.worker = worker;
    }

    Duration cpu() {
        return Duration.ofNanos((long) metric("process_cpu_time_ns_total"));
    }

    long liveHeapBytes() {
        return (long) metric("jvm_gc_live_data_size_bytes");
    }

    int peakThreads() {
        return (int) metric("jvm_threads_peak_threads");
    }

    private double metric(String name) {
        String metrics = new String(worker.api().get("/metrics").body(), StandardCharsets.UTF_8);
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the worker has no metric " + name));
    }

    /** At the most, in bytes; 0 where there is no {@code /proc}. */
    long peakResidentBytes() {
        try {
            return Files.readAllLines(
                            Path.of("/proc", Long.toString(worker.process().pid()), "status"))
                    .stream()
                    .filter(line -> line.startsWith(PEAK_RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
