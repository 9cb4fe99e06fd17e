package io.genapi.store.kafka;

import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.kafka.RecordDocument;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.query.PayloadReading;
import io.genapi.store.query.RequestReader;
import io.genapi.store.sending.ResultReader;
import io.genapi.store.sending.ResultReading;
import java.util.Optional;

/** Reads events' results from where they lie in Kafka. Thread-safe. */
public final class EventResults implements ResultReader {

    private final RequestReader records;

    public EventResults(RequestReader records) {
        this.records = records;
    }

    @Override
    public ResultReading read(WebhookEvent event) throws InterruptedException {
        Optional<RecordPlace> place = event.result();
        if (place.isEmpty()) {
            return new ResultReading.Gone();
        }
        return switch (records.read(place.get())) {
            case PayloadReading.Present(byte[] document) ->
                RecordDocument.read(document)
                        .flatMap(ResultRecords::read)
                        .filter(result -> isOf(event, result))
                        .<ResultReading>map(result -> new ResultReading.Present(result.body()))
                        .orElseGet(ResultReading.Gone::new);
            case PayloadReading.Gone() -> new ResultReading.Gone();
            case PayloadReading.Unavailable _ -> new ResultReading.Unavailable();
        };
    }

    /** Another job's may lie at that place, if the topic was created again. */
    private static boolean isOf(WebhookEvent event, JobResult result) {
        return result.tenant().equals(event.tenant()) && result.id().value().equals(event.subject());
    }
}
