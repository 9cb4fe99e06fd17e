package io.genapi.runtime.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.instrumentation.kafkaclients.v2_6.KafkaTelemetry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Headers;

/** Where spans are made, and how their context travels in Kafka headers (W3C {@code traceparent}). Thread-safe. */
public final class Telemetry {

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final KafkaTelemetry kafka;

    public Telemetry(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("io.genapi");
        this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
        this.kafka = KafkaTelemetry.create(openTelemetry);
    }

    public Tracer tracer() {
        return tracer;
    }

    public TextMapPropagator propagator() {
        return propagator;
    }

    /** The context that a record came with, on top of nothing. */
    public Context contextOf(Headers headers) {
        return propagator.extract(Context.root(), headers, HeadersGetter.INSTANCE);
    }

    /** A producer that makes a span of every send and writes its context into the record's headers. */
    public <K, V> Producer<K, V> traced(Producer<K, V> producer) {
        return kafka.wrap(producer);
    }
}
