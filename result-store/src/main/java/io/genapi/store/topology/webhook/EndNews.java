package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.BatchRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.topology.SourceRecord;
import io.genapi.store.webhook.Ends;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of the ends of jobs or batches that somebody is to be told of. */
final class EndNews implements Processor<byte[], byte[], byte[], ProducerRecord<byte[], byte[]>> {
    private static final Logger LOG = LoggerFactory.getLogger(EndNews.class);

    private final Function<ConsumerRecord<byte[], byte[]>, Optional<WebhookEvent>> reader;
    private final EndpointDirectory directory;
    private final Duration oldest;
    private final Outgoing outgoing;
    private final WebhookMetrics metrics;
    private final ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context;

    /**
     * @param reader of the topic's records
     * @param oldest an end before that is no news: that of a batch may be written once more long after
     */
    EndNews(
            Function<ConsumerRecord<byte[], byte[]>, Optional<WebhookEvent>> reader,
            EndpointDirectory directory,
            Duration oldest,
            Outgoing outgoing,
            WebhookMetrics metrics,
            ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context) {
        this.reader = reader;
        this.directory = directory;
        this.oldest = oldest;
        this.outgoing = outgoing;
        this.metrics = metrics;
        this.context = context;
    }

    static Optional<WebhookEvent> ofResult(ConsumerRecord<byte[], byte[]> record, WebhookMetrics metrics) {
        if (record.value() == null) {
            return Optional.empty();
        }
        Optional<JobResult> ended = ResultRecords.read(record);
        ended.flatMap(Ends::misnamed).ifPresent(name -> {
            metrics.ignored("endpoint_misnamed");
            LOG.atWarn()
                    .addKeyValue("tenant", ended.get().tenant())
                    .addKeyValue("job", ended.get().id())
                    .addKeyValue("endpoint", name)
                    .log("A job names a webhook endpoint that cannot be one; nobody is told of its end");
        });
        return ended.flatMap(result -> Ends.of(
                        result,
                        DroppedAnswer.finishReasonOf(record),
                        new RecordPlace(record.topic(), record.partition(), record.offset())))
                .map(event -> event.traced(ResultRecords.traceParent(record)));
    }

    static Optional<WebhookEvent> ofBatch(ConsumerRecord<byte[], byte[]> record) {
        return BatchRecords.read(record).flatMap(Ends::of);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        read(record)
                .filter(event -> event.createdAt().isAfter(now.minus(oldest)))
                .filter(event -> event.endpoint().isPresent() || hasDefault(event.tenant(), event.type()))
                .ifPresent(event -> {
                    metrics.event(event.type());
                    context.forward(outgoing.event(event, now));
                });
    }

    private Optional<WebhookEvent> read(Record<byte[], byte[]> record) {
        try {
            return reader.apply(SourceRecord.of(record, context));
        } catch (RuntimeException unforeseen) {
            // No record, however odd, may stop the ones behind it for good.
            metrics.ignored("unreadable");
            LOG.atWarn().setCause(unforeseen).log("A record could not be read");
            return Optional.empty();
        }
    }

    /** Also one that is not told now: what it misses can be told later. */
    private boolean hasDefault(TenantId tenant, EventType type) {
        return Receivers.defaults(directory, tenant, type).findAny().isPresent();
    }
}
