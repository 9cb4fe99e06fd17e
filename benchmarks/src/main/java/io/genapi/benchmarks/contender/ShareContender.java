package io.genapi.benchmarks.contender;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Consumers of one share group, each with a thread of its own and a virtual thread per job. Every job is acknowledged
 * when it ends, and acknowledgements are sent at most every 100 ms, as often as the engine commits.
 *
 * <p>Kafka 4.3's consumer gives out no new record before every one of its last batch is acknowledged for good: a renewed
 * one counts as not (<a href="https://cwiki.apache.org/confluence/x/HQuuF">KIP-1222</a>). So renewals gain nothing but
 * time, and since the broker's locks outlast every job here, there are none.
 */
final class ShareContender {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Entry entry;
    private final SlowJobs jobs;
    private final Breakdown breakdown;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ShareContender(Entry entry, SlowJobs jobs, Breakdown breakdown) {
        this.entry = entry;
        this.jobs = jobs;
        this.breakdown = breakdown;
    }

    static void start(Entry entry, SlowJobs jobs, Breakdown breakdown) {
        ShareContender contender = new ShareContender(entry, jobs, breakdown);
        for (int number = 0; number < entry.consumers(); number++) {
            Thread.ofPlatform().name("share-" + number).start(contender::consume);
        }
    }

    private void consume() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", entry.workload().bootstrap(),
                "group.id", entry.group(),
                "share.acknowledgement.mode", "explicit",
                "share.acquire.mode", "record_limit",
                "max.poll.records", entry.inFlightEach());
        try (KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(java.util.List.of(entry.workload().topic()));
            while (true) {
                finish(consumer, consumer.poll(POLL));
            }
        } catch (Exception failure) {
            breakdown.report(failure);
        }
    }

    /** Returns when the whole batch is done; what it has not sent yet goes with the next fetch. */
    private void finish(KafkaShareConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> batch)
            throws InterruptedException {
        BlockingQueue<ConsumerRecord<byte[], byte[]>> ended = new LinkedBlockingQueue<>();
        batch.forEach(job -> threads.execute(() -> run(job, ended)));
        long lastCommit = System.nanoTime();
        for (int left = batch.count(); left > 0; left--) {
            consumer.acknowledge(ended.take(), AcknowledgeType.ACCEPT);
            if (System.nanoTime() - lastCommit >= COMMIT_NANOS && left > 1) {
                consumer.commitAsync();
                lastCommit = System.nanoTime();
            }
        }
    }

    private void run(ConsumerRecord<byte[], byte[]> job, BlockingQueue<ConsumerRecord<byte[], byte[]>> ended) {
        try {
            jobs.run(job);
            ended.add(job);
        } catch (Exception failure) {
            breakdown.report(failure);
        }
    }
}
