package io.genapi.inflight;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Notes the values that it gets, and keeps some of them until they are let go. */
final class GatedHandler implements RecordHandler<String, String> {

    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final List<String> started = new CopyOnWriteArrayList<>();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();

    static GatedHandler keeping(int... values) {
        GatedHandler handler = new GatedHandler();
        for (int value : values) {
            handler.gates.put(Integer.toString(value), new CountDownLatch(1));
        }
        return handler;
    }

    void letGo() {
        gates.values().forEach(CountDownLatch::countDown);
    }

    /** Values in the order of their starts; more than once if they ran more than once. */
    List<String> started() {
        return List.copyOf(started);
    }

    Set<String> finished() {
        return Set.copyOf(finished);
    }

    @Override
    public void handle(ConsumerRecord<String, String> record) throws InterruptedException {
        started.add(record.value());
        CountDownLatch gate = gates.get(record.value());
        if (gate != null) {
            gate.await();
        }
        finished.add(record.value());
    }
}
