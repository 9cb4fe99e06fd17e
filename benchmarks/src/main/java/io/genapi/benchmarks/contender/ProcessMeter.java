package io.genapi.benchmarks.contender;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What this process takes of the machine. Thread-safe. */
final class ProcessMeter {

    /** Linux; the peak of the resident set, in KiB. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String PEAK_RESIDENT = "VmHWM:";

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final AtomicLong heapAfterCollection = new AtomicLong();

    private ProcessMeter() {}

    /** Watches from now on. */
    static ProcessMeter start() {
        ProcessMeter meter = new ProcessMeter();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, _) -> meter.collected(notification), null, null);
            }
        }
        return meter;
    }

    private void collected(Notification notification) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            long used = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                    .getGcInfo()
                    .getMemoryUsageAfterGc()
                    .entrySet()
                    .stream()
                    .filter(pool -> heapPools.contains(pool.getKey()))
                    .mapToLong(pool -> pool.getValue().getUsed())
                    .sum();
            heapAfterCollection.accumulateAndGet(used, Math::max);
        }
    }

    /** User and system time of all threads since the process began. */
    long cpuNanos() {
        return system.getProcessCpuTime();
    }

    Footprint footprint() {
        long heap = heapAfterCollection.get();
        return new Footprint(
                heap > 0
                        ? heap
                        : ManagementFactory.getMemoryMXBean()
                                .getHeapMemoryUsage()
                                .getUsed(),
                peakResident(),
                ManagementFactory.getThreadMXBean().getPeakThreadCount());
    }

    private static long peakResident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK_RESIDENT))
                    .map(line -> line.substring(PEAK_RESIDENT.length())
                            .replace("kB", "")
                            .strip())
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
