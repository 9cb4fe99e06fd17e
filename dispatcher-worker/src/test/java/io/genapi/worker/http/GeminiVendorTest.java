package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.gemini.GeminiDialect;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real calls to a simulated Gemini, in its own dialect and under its OpenAI-compatible address. */
class GeminiVendorTest {

    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"weather","strict":true,
            "parameters":{"type":"object","properties":{"unit":{"enum":["C"]}}}}}]""";

    private final VendorSimulator simulator =
            VendorSimulator.start(SimulatorOptions.PLAIN.withKeys("sk-secret").withModels("gemini-3-flash"));
    private final Dialect openAi = new OpenAiDialect();
    private final Dialect gemini = new GeminiDialect();
    private final ApacheVendorClient client = new ApacheVendorClient(
            10,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            new ProxyEnvironment(Map.of()),
            dialect -> dialect == Vendor.Dialect.GEMINI ? gemini : openAi,
            (_, _) -> {},
            new Telemetry(OpenTelemetry.noop()),
            InstantSource.system());

    @AfterEach
    void close() throws Exception {
        client.close();
        simulator.close();
    }

    private Candidate candidate(String dialect) {
        return Samples.catalog("""
                        vendors:
                          google: { dialect: %s, base-url: "http://127.0.0.1:%d/v1beta%s", api-key: "env:VENDOR_KEY" }
                        models:
                          gpt-4o: [{ vendor: google, model: gemini-3-flash }]
                        """.formatted(dialect, simulator.port(), dialect.equals("openai") ? "/openai" : ""))
                .candidates(Samples.MODEL)
                .getFirst();
    }

    private VendorOutcome call(String dialect, String body) throws InterruptedException {
        return answer(dialect, body).outcome();
    }

    private VendorAnswer answer(String dialect, String body) throws InterruptedException {
        return client.call(new VendorCall(
                candidate(dialect),
                Samples.body(body),
                new RequestId("req-1"),
                CorrelationId.of("order 7"),
                "cafe0001",
                Duration.ofMinutes(1)));
    }

    private JsonNode message(String dialect, String body) throws InterruptedException {
        Completed completed = assertInstanceOf(Completed.class, call(dialect, body));
        JsonNode completion =
                JsonMapper.shared().readTree(completed.completion().withModel(new ModelName("mine")));
        assertEquals("mine", completion.path("model").stringValue());
        assertTrue(completed.completion().usage().orElseThrow().totalTokens() > 0);
        return completion.path("choices").path(0).path("message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "openai"})
    void bringsAnAnswer(String dialect) throws Exception {
        assertEquals(
                "You said: hi", message(dialect, Samples.BODY).path("content").stringValue());
        assertEquals("gemini-3-flash", simulator.calls().getFirst().model());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "openai"})
    void bringsAToolsCallAndTakesItBackWithItsSignatureAndItsResult(String dialect) throws Exception {
        JsonNode called = message(
                dialect, Samples.BODY.replace("\"messages\"", TOOLS + ",\"tool_choice\":\"required\",\"messages\""));
        JsonNode call = called.path("tool_calls").path(0);
        assertEquals("{\"unit\":\"C\"}", call.path("function").path("arguments").stringValue());
        String next = """
                {"model":"gpt-4o",%s,"messages":[{"role":"user","content":"hi"},%s,
                {"role":"tool","tool_call_id":%s,"content":"sunny"}]}""".formatted(TOOLS, called, call.path("id"));
        assertEquals("You said: hi", message(dialect, next).path("content").stringValue());
    }

    @Test
    void isToldWhatTheVendorCallsItsAnswer() throws Exception {
        VendorAnswer answer = answer("gemini", Samples.BODY);
        Completed completed = assertInstanceOf(Completed.class, answer.outcome());
        String id = answer.requestId().orElseThrow().value();
        assertTrue(new String(completed.completion().bytes(), UTF_8).contains("\"chatcmpl-" + id + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "openai"})
    void tellsHowLongToWait(String dialect) throws Exception {
        simulator.failNext(new Fault.Status(429, RetryAfter.ofSeconds(7)));
        Refused refused = assertInstanceOf(Refused.class, call(dialect, Samples.BODY));
        assertEquals(429, refused.status());
        assertEquals(Optional.of(Duration.ofSeconds(7)), refused.retryAfter());
        assertTrue(new String(refused.envelope().orElseThrow(), UTF_8).startsWith("{\"error\":{"));
    }
}
