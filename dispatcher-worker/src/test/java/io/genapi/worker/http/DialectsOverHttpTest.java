package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.RateLimits;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.job.ModelName;
import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.anthropic.AnthropicDialect;
import io.genapi.worker.dialect.openai.AzureOpenAiDialect;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls by way of a catalog, in dialects other than OpenAI's, to a vendor that is really there. */
class DialectsOverHttpTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONG = Duration.ofMinutes(1);

    private final VendorSimulator simulator = VendorSimulator.start(SimulatorOptions.PLAIN.withKeys("sk-secret"));
    private final List<RateLimits> heard = new ArrayList<>();
    private final ApacheVendorClient client = new ApacheVendorClient(
            10,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            new ProxyEnvironment(Map.of()),
            DialectsOverHttpTest::speak,
            (_, limits) -> heard.add(limits),
            new Telemetry(OpenTelemetry.noop()),
            InstantSource.system());

    private static Dialect speak(io.genapi.runtime.catalog.Vendor.Dialect dialect) {
        return switch (dialect) {
            case ANTHROPIC -> new AnthropicDialect();
            case AZURE_OPENAI -> new AzureOpenAiDialect();
            case OPENAI, GEMINI -> throw new AssertionError("no dialect of these tests");
        };
    }

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    private VendorOutcome call(String dialect, String path, String body) throws InterruptedException {
        return answer(dialect, path, body).outcome();
    }

    private VendorAnswer answer(String dialect, String path, String body) throws InterruptedException {
        Candidate candidate = Samples.catalog("""
                vendors:
                  only: { dialect: %s, base-url: "http://127.0.0.1:%d%s", api-key: "env:VENDOR_KEY" }
                models:
                  gpt-4o: [{ vendor: only, model: theirs }]
                """.formatted(dialect, simulator.port(), path))
                .candidates(Samples.MODEL)
                .getFirst();
        return client.call(Samples.call(candidate, body, LONG));
    }

    private static JsonNode completion(VendorOutcome outcome) {
        Completed completed = assertInstanceOf(Completed.class, outcome);
        assertTrue(completed.completion().usage().orElseThrow().totalTokens() > 0);
        return JSON.readTree(completed.completion().withModel(new ModelName("mine")));
    }

    @Test
    void callsAToolOfAnthropicsAndHandsItsResultBack() throws Exception {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":"
                + "\"object\",\"properties\":{\"city\":{\"enum\":[\"Rome\"]}}}}}]";
        String question = "{\"role\":\"user\",\"content\":\"Is it warm?\"}";
        JsonNode asked = completion(call("anthropic", "/v1", """
                {"model":"gpt-4o","messages":[%s],%s,"tool_choice":"required"}""".formatted(question, tools)));
        assertEquals("tool_calls", asked.at("/choices/0/finish_reason").stringValue());
        JsonNode call = asked.at("/choices/0/message/tool_calls/0");
        assertEquals("{\"city\":\"Rome\"}", call.at("/function/arguments").stringValue());

        JsonNode answered = completion(call(
                "anthropic", "/v1", """
                {"model":"gpt-4o","messages":[%s,%s,{"role":"tool","tool_call_id":%s,"content":"very"}],%s}""".formatted(question, asked.at("/choices/0/message"), call.path("id"), tools)));
        assertEquals("You said: very", answered.at("/choices/0/message/content").stringValue());
        assertEquals("mine", answered.path("model").stringValue());
        assertEquals("theirs", simulator.calls().getLast().model());
        assertEquals(
                Optional.of("req-1-vendor-cafe0001"),
                simulator.calls().getLast().requestId());
    }

    @ParameterizedTest
    @CsvSource({"anthropic, /v1", "azure-openai, /openai/v1"})
    void hearsTheLimitThatIsTold(String dialect, String path) throws Exception {
        simulator.change(now -> now.withRequestsPerMinute(50));
        var _ = completion(call(dialect, path, Samples.BODY));
        assertEquals(OptionalLong.of(50), heard.getLast().requests());
    }

    @ParameterizedTest
    @CsvSource({"anthropic, /v1, req_", "azure-openai, /openai/v1, ''"})
    void isToldWhatTheVendorCallsTheCall(String dialect, String path, String start) throws Exception {
        VendorAnswer answered = answer(dialect, path, Samples.BODY);
        assertTrue(answered.requestId().orElseThrow().value().startsWith(start));
        simulator.failNext(new Fault.Status(500));
        VendorAnswer failed = answer(dialect, path, Samples.BODY);
        assertInstanceOf(Refused.class, failed.outcome());
        assertNotEquals(answered.requestId(), failed.requestId());
        assertTrue(failed.requestId().isPresent());
    }

    @Test
    void thinksWithAnthropic() throws Exception {
        JsonNode answer = completion(call("anthropic", "/v1", """
                {"model":"gpt-4o","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"high"}"""));
        assertEquals(
                "What was said is to be repeated.",
                answer.at("/choices/0/message/reasoning_content").stringValue());
    }

    @Test
    void isToldOfAnOverloadInOpenAisWords() throws Exception {
        simulator.failNext(new Fault.Status(529, RetryAfter.ofSeconds(7)));
        Refused refused = assertInstanceOf(Refused.class, call("anthropic", "/v1", Samples.BODY));
        assertEquals(503, refused.status());
        assertEquals(Optional.of(Duration.ofSeconds(7)), refused.retryAfter());
        assertEquals(
                "{\"error\":{\"message\":\"Overloaded\",\"type\":\"server_error\",\"param\":null,"
                        + "\"code\":\"overloaded_error\"}}",
                new String(refused.envelope().orElseThrow(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1", "?api-version=2024-10-21"})
    void callsADeploymentOfAzures(String path) throws Exception {
        JsonNode answer = completion(call("azure-openai", path, Samples.BODY));
        assertEquals("You said: hi", answer.at("/choices/0/message/content").stringValue());
        assertEquals(
                "safe",
                answer.at("/choices/0/content_filter_results/hate/severity").stringValue());
        assertEquals("theirs", simulator.calls().getFirst().model());
    }
}
