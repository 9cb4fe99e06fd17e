package io.genapi.store.kafka;

import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.sending.ResultReader;
import io.genapi.store.sending.ResultReading;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads events' results from where they lie in Kafka, which hands out whole records. So a few are held at a time, and what is too
 * large is let go of at once. Thread-safe.
 */
public final class EventResults implements ResultReader, AutoCloseable {

    private final ConsumerPayloadReader records;

    /** @param records its own from here on, so that nobody who polls waits for receivers */
    public EventResults(ConsumerPayloadReader records) {
        this.records = records;
    }

    @Override
    public ResultReading read(WebhookEvent event, int largest) throws InterruptedException {
        Optional<RecordPlace> place = event.result();
        return place.isEmpty() ? new ResultReading.Gone() : records.read(place.get(), new Use(event, largest));
    }

    private record Use(WebhookEvent event, int largest) implements RecordUse<ResultReading> {

        @Override
        public ResultReading of(ConsumerRecord<byte[], byte[]> record) {
            return ResultRecords.read(record)
                    .filter(this::isOfEvent)
                    .map(JobResult::body)
                    .<ResultReading>map(body -> body.length > largest
                            ? new ResultReading.TooLarge(body.length)
                            : new ResultReading.Present(body))
                    .orElseGet(ResultReading.Gone::new);
        }

        /** Another job's may lie at that place, if the topic was created again. */
        private boolean isOfEvent(JobResult result) {
            return result.tenant().equals(event.tenant()) && result.id().value().equals(event.subject());
        }

        @Override
        public ResultReading gone() {
            return new ResultReading.Gone();
        }

        @Override
        public ResultReading unavailable(String reason) {
            return new ResultReading.Unavailable();
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
