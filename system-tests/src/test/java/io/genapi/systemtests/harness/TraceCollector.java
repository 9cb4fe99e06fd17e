package io.genapi.systemtests.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes spans as an OpenTelemetry collector does: OTLP over HTTP with protobuf. Thread-safe. */
public final class TraceCollector implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Recorded> spans = new ConcurrentLinkedQueue<>();

    /** A span with its ids as lower-case hex, and the {@code service.name} of the process that made it. */
    public record Recorded(
            String service, String traceId, String spanId, String parentId, String name, Span.SpanKind kind) {}

    TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", this::take);
            server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest export = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            export.getResourceSpansList()
                    .forEach(resource -> resource.getScopeSpansList()
                            .forEach(scope -> scope.getSpansList()
                                    .forEach(span -> spans.add(recorded(serviceOf(resource.getResource()), span)))));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String serviceOf(Resource resource) {
        return resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .map(io.opentelemetry.proto.common.v1.AnyValue::getStringValue)
                .findFirst()
                .orElse("");
    }

    private static Recorded recorded(String service, Span span) {
        HexFormat hex = HexFormat.of();
        return new Recorded(
                service,
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                span.getName(),
                span.getKind());
    }

    /** The spans of one trace that came so far. */
    public List<Recorded> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
