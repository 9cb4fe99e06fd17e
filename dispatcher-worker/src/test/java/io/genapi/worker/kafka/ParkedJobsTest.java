package io.genapi.worker.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.dispatch.Dispatched;
import io.genapi.worker.telemetry.ErrorCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class ParkedJobsTest {

    private static final JobRequest JOB = Samples.job();
    private static final Dispatched.Parked PARKED = new Dispatched.Parked(
            new VendorName("north"),
            new Parking(2, 5, 1, Duration.ofSeconds(5), Optional.of(Samples.NOW)),
            Samples.NOW.plusSeconds(60),
            "gone");

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSender kafka = new ScriptedSender();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ParkedJobs jobs =
            new ParkedJobs(kafka, TopicNames.STANDARD, "/test", time, time, new ErrorCounter(meters), meters);

    @Test
    void writesTheJobFirstAndThenTheNewsOfIt() throws Exception {
        assertTrue(park());
        assertEquals(
                List.of("genapi.parked.north", "genapi.events"),
                kafka.taken().stream().map(ProducerRecord::topic).toList());
        assertArrayEquals(JOB.body(), kafka.taken().getFirst().value());
        assertArrayEquals(JOB.id().bytes(), kafka.taken().getFirst().key());
        JobEvent event = event(kafka.taken().getLast());
        assertEquals(JobEvent.Kind.PARKED, event.kind());
        assertEquals(Optional.of(2), event.parkNumber());
        assertEquals(5, event.attempt());
        assertEquals(1, meters.counter("genapi.parked", "vendor", "north").count());
    }

    @Test
    void triesUntilKafkaTakesBoth() throws Exception {
        kafka.failing(new NotEnoughReplicasException("two of three are down"), 20);
        assertTrue(park());
        assertEquals(2, kafka.taken().size());
        assertEquals(20, time.pauses().size());
    }

    @Test
    void saysSoWhenKafkaWillNotTakeIt() throws Exception {
        for (Exception refusal : List.of(
                new RecordTooLargeException("13 MiB"), new UnknownTopicOrPartitionException("somebody deleted it"))) {
            kafka.failing(refusal, 1);
            assertFalse(park());
        }
        assertEquals(List.of(), kafka.taken());
    }

    private boolean park() throws InterruptedException {
        return jobs.park(
                new ConsumerRecord<>("genapi.requests.default", 0, 7, JOB.id().bytes(), JOB.body()), JOB, PARKED);
    }

    private static JobEvent event(ProducerRecord<byte[], byte[]> written) {
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>(written.topic(), 0, 0, written.key(), written.value());
        written.headers().forEach(read.headers()::add);
        return EventRecords.read(read).orElseThrow();
    }
}
