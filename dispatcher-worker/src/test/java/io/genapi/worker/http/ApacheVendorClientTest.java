package io.genapi.worker.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.telemetry.ObservedVendorClient;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorClientContract;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import io.genapi.worker.vendor.VendorRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApacheVendorClientTest extends VendorClientContract {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Telemetry telemetry = new Telemetry(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build());
    private final List<RateLimits> told = Collections.synchronizedList(new ArrayList<>());
    private final ApacheVendorClient client = new ApacheVendorClient(
            300,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            new ProxyEnvironment(Map.of()),
            _ -> new OpenAiDialect(),
            (_, limits) -> told.add(limits),
            telemetry,
            InstantSource.system());

    @Override
    protected VendorClient client() {
        return client;
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void followsNoRedirect() throws Exception {
        assertInstanceOf(
                Unusable.class,
                answeredWith("HTTP/1.1 302 Found\r\nLocation: " + simulator.baseUri()
                        + "/chat/completions\r\nContent-Length: 0\r\n\r\n"));
        assertEquals(List.of(), simulator.calls());
    }

    @Test
    void doesNotRepeatAKeyThatTheVendorRepeats() throws Exception {
        String error =
                "{\"error\":{\"message\":\"Incorrect key: sk-secret\",\"type\":\"t\",\"param\":null,\"code\":null}}";
        Refused refused = assertInstanceOf(
                Refused.class,
                answeredWith("HTTP/1.1 401 Unauthorized\r\nContent-Length: " + error.length() + "\r\n\r\n" + error));
        assertEquals(
                error.replace("sk-secret", "****"),
                new String(refused.envelope().orElseThrow(), StandardCharsets.UTF_8));
    }

    @Test
    void takesNoAnswerThatHasNoEnd() throws Exception {
        assertInstanceOf(
                Unusable.class, answeredWith("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1024 * 1024), Integer.MAX_VALUE));
    }

    @Test
    void endsACallWhoseAnswerDripsPastTheLimit() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (ServerSocket vendor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofVirtual().start(() -> drip(vendor, done));
            assertInstanceOf(TimedOut.class, callTo(vendor, Duration.ofMillis(500)));
            done.countDown();
            serving.join();
        }
    }

    @Test
    void passesOnWhatTheVendorTellsOfItsLimits() throws Exception {
        simulator.change(now -> now.withRequestsPerMinute(90));
        VendorAnswer _ = client.call(Samples.call(
                Samples.oneVendor(simulator.baseUri().toString(), Duration.ofMinutes(1))
                        .candidates(Samples.MODEL)
                        .getFirst(),
                Duration.ofMinutes(1)));
        assertEquals(
                List.of(OptionalLong.of(90)),
                told.stream().map(RateLimits::requests).toList());
    }

    @Test
    void leavesASpanAMeasurementAndAnEntry() throws Exception {
        var catalog = Samples.oneVendor(simulator.baseUri().toString(), Duration.ofMinutes(1));
        var meters = new SimpleMeterRegistry();
        var health = new VendorRecord(catalog.vendors(), 10);
        VendorClient observed = new ObservedVendorClient(
                client,
                client,
                Samples.MODEL::equals,
                health,
                telemetry.tracer(),
                meters,
                InstantSource.system(),
                System::nanoTime);
        VendorAnswer answer =
                observed.call(Samples.call(catalog.candidates(Samples.MODEL).getFirst(), Duration.ofMinutes(1)));
        SpanData span = spans.getFinishedSpanItems().getFirst();
        assertEquals("chat vendor-model", span.getName());
        assertEquals(SpanKind.CLIENT, span.getKind());
        assertEquals(200L, span.getAttributes().get(AttributeKey.longKey("http.response.status_code")));
        assertEquals(
                answer.requestId().orElseThrow().value(),
                span.getAttributes().get(AttributeKey.stringKey("genapi.vendor.request_id")));
        assertTrue(simulator.calls().getFirst().traceparent().orElseThrow().contains(span.getSpanId()));
        assertEquals(
                1,
                meters.get("genapi.vendor.request.duration")
                        .tags("vendor", "only", "model", "gpt-4o", "status_code", "200")
                        .timer()
                        .count());
        assertEquals(0, health.current().getFirst().errorRate());
        assertTrue(health.current().getFirst().lastCheck().isPresent());
    }

    private VendorOutcome answeredWith(String head) throws Exception {
        return answeredWith(head, "", 0);
    }

    private VendorOutcome answeredWith(String head, String piece, int pieces) throws Exception {
        try (ServerSocket vendor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofVirtual().start(() -> answer(vendor, head, piece, pieces));
            VendorOutcome outcome = callTo(vendor, Duration.ofMinutes(1));
            await().until(() -> !serving.isAlive());
            return outcome;
        }
    }

    private VendorOutcome callTo(ServerSocket vendor, Duration limit) throws InterruptedException {
        String url = "http://127.0.0.1:" + vendor.getLocalPort() + "/v1";
        return client.call(Samples.call(
                        Samples.oneVendor(url, Duration.ofMinutes(1))
                                .candidates(Samples.MODEL)
                                .getFirst(),
                        limit))
                .outcome();
    }

    private static void answer(ServerSocket vendor, String head, String piece, int pieces) {
        try (Socket connection = vendor.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(Samples.utf8(head));
            for (int i = 0; i < pieces; i++) {
                out.write(Samples.utf8(piece));
            }
            out.flush();
        } catch (IOException clientLeft) {
            // As it should.
        }
    }

    /** A byte every 20 ms: no single read ever times out. */
    private static void drip(ServerSocket vendor, CountDownLatch done) {
        try (Socket connection = vendor.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(Samples.utf8("HTTP/1.1 200 OK\r\n\r\n"));
            while (!done.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        } catch (IOException | InterruptedException clientLeft) {
            // As it should.
        }
    }
}
