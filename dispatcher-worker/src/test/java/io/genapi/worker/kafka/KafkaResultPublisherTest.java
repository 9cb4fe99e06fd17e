package io.genapi.worker.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.attempt.History;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.telemetry.ErrorCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class KafkaResultPublisherTest {

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSender results = new ScriptedSender();
    private final ScriptedSender replies = new ScriptedSender();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaResultPublisher publisher =
            new KafkaResultPublisher(results, replies, TopicNames.STANDARD, "/test", time, new ErrorCounter(meters));

    @Test
    void writesTheResultUnderTheJobsId() throws Exception {
        publish(Samples.job());
        ProducerRecord<byte[], byte[]> record = results.taken().getFirst();
        assertEquals("genapi.results", record.topic());
        assertEquals(Samples.job().id().value(), new String(record.key(), UTF_8));
        assertEquals(List.of(), replies.taken());
    }

    @Test
    void triesUntilKafkaTakesIt() throws Exception {
        results.failing(new NotEnoughReplicasException("two of three are down"), 20);
        publish(Samples.job());
        assertEquals(1, results.taken().size());
        assertEquals(20, time.pauses().size());
    }

    @Test
    void replacesAResultThatKafkaWillNeverTake() throws Exception {
        results.failing(new RecordTooLargeException("13 MiB"), 1);
        publish(Samples.replyingTo("replies"));
        assertTrue(new String(results.taken().getFirst().value(), UTF_8).contains("result_too_large"));
        assertTrue(new String(replies.taken().getFirst().value(), UTF_8).contains("result_too_large"));
    }

    @Test
    void writesTheSameToTheReplyTopic() throws Exception {
        publish(Samples.replyingTo("replies"));
        assertEquals("replies", replies.taken().getFirst().topic());
        assertEquals(
                new String(results.taken().getFirst().value(), UTF_8),
                new String(replies.taken().getFirst().value(), UTF_8));
    }

    @Test
    void givesAReplyTopicUpThatIsNotThereOrNotOurs() throws Exception {
        replies.failing(new TimeoutException("no metadata", new UnknownTopicOrPartitionException("gone")), 1);
        publish(Samples.replyingTo("missing"));
        replies.failing(new TopicAuthorizationException("secret"), 1);
        publish(Samples.replyingTo("secret"));
        assertEquals(2, results.taken().size());
        assertEquals(List.of(), replies.taken());
        assertEquals(2, repliesGivenUp());
    }

    @Test
    void triesAReplyTopicAgainThatIsThereAndDoesNotTakeIt() throws Exception {
        replies.failing(new TimeoutException("slow"), 4);
        publish(Samples.replyingTo("replies"));
        assertEquals(1, replies.taken().size());
    }

    @Test
    void doesNotTryAReplyTopicForEver() throws Exception {
        replies.failing(new TimeoutException("slow"), 100);
        publish(Samples.replyingTo("replies"));
        assertEquals(95, replies.failuresLeft().size());
        assertEquals(1, repliesGivenUp());
    }

    @Test
    void writesNoReplyToTheBrokersOwnTopics() throws Exception {
        publish(Samples.replyingTo("genapi.requests.default"));
        assertEquals(List.of(), replies.taken());
        assertEquals(1, repliesGivenUp());
    }

    @Test
    void stopsTryingWhenItsThreadIsInterrupted() {
        results.failing(new NotEnoughReplicasException("down"), 1000);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> publish(Samples.job()));
    }

    private double repliesGivenUp() {
        return meters.get("genapi.errors")
                .tags("error_type", "reply_not_taken", "component", "kafka")
                .counter()
                .count();
    }

    private void publish(JobRequest job) throws InterruptedException {
        JobResult result = new JobEnds(time).succeeded(job, Samples.MODEL, History.none(), Samples.completion());
        publisher.publish(job, result);
    }
}
