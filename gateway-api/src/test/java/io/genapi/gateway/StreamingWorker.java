package io.genapi.gateway;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.kafka.DeltaRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes pieces and ends of jobs when a test says so, as a worker would. */
final class StreamingWorker implements AutoCloseable {

    private static final TopicNames TOPICS = TopicNames.STANDARD;

    private final KafkaProducer<byte[], byte[]> producer;

    StreamingWorker(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    }

    void piece(JobRequest job, RunId run, long seq, boolean last, String body) throws Exception {
        send(DeltaRecords.write(
                new JobDelta(
                        job.id(),
                        job.tenant(),
                        job.correlation(),
                        job.requestId(),
                        run,
                        seq,
                        last,
                        Instant.now(),
                        body.getBytes(StandardCharsets.UTF_8)),
                TOPICS.deltas(),
                "/test"));
    }

    void pieces(JobRequest job, RunId run, long from, long to) throws Exception {
        for (long seq = from; seq < to; seq++) {
            piece(job, run, seq, false, chunk(run, seq));
        }
    }

    static String chunk(RunId run, long seq) {
        return "{\"object\":\"chat.completion.chunk\",\"model\":\"held\",\"choices\":[],\"n\":\"" + run + "/" + seq
                + "\"}";
    }

    void succeed(JobRequest job, RunId run, long deltas) throws Exception {
        end(job, JobStatus.SUCCEEDED, 200, Optional.of(new PublishedRun(run, deltas)), """
                {"id":"c","object":"chat.completion","choices":[]}""".getBytes(
                        StandardCharsets.UTF_8));
    }

    void fail(JobRequest job, Optional<PublishedRun> published) throws Exception {
        byte[] error = ApiError.server(502, "stream_interrupted", "The vendor broke off.")
                .toJson();
        end(job, JobStatus.FAILED, 502, published, error);
    }

    void cancel(JobRequest job) throws Exception {
        end(
                job,
                JobStatus.CANCELLED,
                JobErrors.CANCELLED_STATUS,
                Optional.empty(),
                JobErrors.cancelled(1).toJson());
    }

    private void end(JobRequest job, JobStatus status, int httpStatus, Optional<PublishedRun> published, byte[] body)
            throws Exception {
        JobResult result = new JobResult(
                job.id(),
                status,
                httpStatus,
                job.tenant(),
                job.correlation(),
                job.requestId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Instant.now(),
                job.audience(),
                published,
                body);
        send(ResultRecords.write(result, TOPICS.results(), "/test"));
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        producer.send(record).get();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
