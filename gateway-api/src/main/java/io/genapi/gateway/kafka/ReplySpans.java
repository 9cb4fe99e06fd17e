package io.genapi.gateway.kafka;

import io.genapi.runtime.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Spans for results that somebody waits for, as children of what their records say
 * (<a href="https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">OpenTelemetry's conventions for Kafka</a>).
 */
final class ReplySpans {

    private final Telemetry telemetry;

    ReplySpans(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    <T> T processing(ConsumerRecord<byte[], byte[]> record, Supplier<T> work) {
        Span span = telemetry
                .tracer()
                .spanBuilder("process " + record.topic())
                .setParent(telemetry.contextOf(record.headers()))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.name", "process")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", record.topic())
                .setAttribute("messaging.destination.partition.id", Integer.toString(record.partition()))
                .setAttribute("messaging.kafka.offset", record.offset())
                .setAttribute("messaging.kafka.message.key", new String(record.key(), StandardCharsets.US_ASCII))
                .startSpan();
        try {
            return work.get();
        } finally {
            span.end();
        }
    }
}
