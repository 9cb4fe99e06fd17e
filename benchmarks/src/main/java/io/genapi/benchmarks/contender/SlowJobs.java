package io.genapi.benchmarks.contender;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What every contender does with a record: waits as long as the vendor would take, and then for Kafka to have the
 * result, by an idempotent producer with {@code acks=all}. Thread-safe.
 */
final class SlowJobs implements AutoCloseable {

    private static final byte[] RESULT =
            ("{\"object\":\"chat.completion\",\"model\":\"simulated\",\"choices\":[{\"index\":0,"
                            + "\"message\":{\"role\":\"assistant\",\"content\":\"" + "An answer. ".repeat(12)
                            + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":24,\"completion_tokens\":36}}")
                    .getBytes(StandardCharsets.UTF_8);

    private final Workload workload;
    private final Tally tally;
    private final KafkaProducer<byte[], byte[]> producer;

    SlowJobs(Workload workload, Tally tally) {
        this.workload = workload;
        this.tally = tally;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        workload.bootstrap(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        1,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** One job from beginning to end. */
    @SuppressWarnings("ThreadSleep") // The vendor's part of the job.
    void run(ConsumerRecord<byte[], byte[]> job) throws InterruptedException, ExecutionException {
        tally.started();
        Thread.sleep(workload.latencies().of(job.partition(), job.offset()));
        var _ = producer.send(new ProducerRecord<>(workload.results(), job.key(), RESULT))
                .get();
        tally.ended(workload.number(job.partition(), job.offset()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
