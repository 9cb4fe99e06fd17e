package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.models.chat.completions.ChatCompletionChunk;
import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.RateLimits;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.anthropic.AnthropicDialect;
import io.genapi.worker.dialect.gemini.GeminiDialect;
import io.genapi.worker.dialect.openai.AzureOpenAiDialect;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.stream.UndeliveredException;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Streamed answers of vendors that are really there. */
class StreamsOverHttpTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String HI =
            "\"messages\":[{\"role\":\"user\",\"content\":\"grüß dich, wie geht es dir heute?\"}]";
    private static final String OPENING =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}";
    private static final String HALLO = OPENING.replace("\"\"", "\"Hallo\"");
    private static final String STOP = OPENING.replace(
            "\"delta\":{\"role\":\"assistant\",\"content\":\"\"}", "\"delta\":{},\"finish_reason\":\"stop\"");

    final VendorSimulator simulator = startVendor();
    private final List<RateLimits> told = new ArrayList<>();
    private final List<ObjectNode> chunks = new ArrayList<>();
    private VendorAnswer answer = VendorAnswer.nameless(new Broken("nobody was asked"));
    private final ApacheVendorClient client = client(Duration.ofSeconds(1));

    /** No state of a subclass is there yet. */
    VendorSimulator startVendor() {
        return VendorSimulator.start();
    }

    String simulatorUrl(String path) {
        return "http://127.0.0.1:%d%s".formatted(simulator.port(), path);
    }

    /** What else the catalog says of every vendor. */
    String more() {
        return "";
    }

    private ApacheVendorClient client(Duration idle) {
        return new ApacheVendorClient(
                10,
                Duration.ofSeconds(5),
                idle,
                new ProxyEnvironment(Map.of()),
                StreamsOverHttpTest::speak,
                (_, limits) -> told.add(limits),
                new Telemetry(OpenTelemetry.noop()),
                InstantSource.system());
    }

    private static Dialect speak(Vendor.Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> new OpenAiDialect();
            case AZURE_OPENAI -> new AzureOpenAiDialect();
            case ANTHROPIC -> new AnthropicDialect();
            case GEMINI -> new GeminiDialect();
        };
    }

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    /** Requests by dialect and base path. */
    static Stream<List<String>> asked() {
        List<List<String>> vendors = List.of(
                List.of("openai", "/v1"),
                List.of("azure-openai", "/openai/v1"),
                List.of("azure-openai", "?api-version=2024-10-21"),
                List.of("anthropic", "/v1"),
                List.of("gemini", "/v1beta"));
        String tool = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":"
                + "\"object\",\"properties\":{\"city\":{\"enum\":[\"Rome\"]}}}}}],\"tool_choice\":\"required\"";
        List<String> requests = List.of(HI, HI + "," + tool, HI + ",\"max_completion_tokens\":2");
        Stream<List<String>> everywhere = vendors.stream()
                .flatMap(vendor ->
                        requests.stream().map(request -> List.of(vendor.getFirst(), vendor.getLast(), request)));
        return Stream.concat(
                everywhere,
                Stream.of(
                        List.of("openai", "/v1", HI + ",\"n\":3"),
                        List.of("gemini", "/v1beta", HI + ",\"n\":2"),
                        List.of("gemini", "/v1beta", HI + ",\"logprobs\":true,\"top_logprobs\":2"),
                        List.of("anthropic", "/v1", HI + ",\"reasoning_effort\":\"high\"")));
    }

    @ParameterizedTest
    @MethodSource("asked")
    void makesTheSameOfAStreamAsOfAWholeAnswer(List<String> asked) throws Exception {
        Candidate candidate = candidate(asked.get(0), asked.get(1));
        String members = asked.get(2);
        JsonNode whole = completion(client.call(Samples.call(candidate, "{\"model\":\"gpt-4o\"," + members + "}", LONG))
                .outcome());
        JsonNode streamed =
                completion(stream(candidate, "{\"model\":\"gpt-4o\",\"stream\":true," + members + "}", LONG));
        assertEquals(comparable(whole), comparable(streamed));
        assertTrue(chunks.size() > 1);
        assertTrue(answer.requestId().isPresent(), "what the vendor calls the call is known");
        for (JsonNode chunk : chunks) {
            var _ = com.openai.core.ObjectMappers.jsonMapper()
                    .readValue(chunk.toString(), ChatCompletionChunk.class)
                    .validate();
        }
        assertTrue(streamed.at("/usage/total_tokens").intValue() > 0);
        assertEquals(simulator.calls().get(0).model(), simulator.calls().get(1).model());
    }

    /** What is each call's own differs, and so does what a stream has no place for. */
    private static JsonNode comparable(JsonNode completion) {
        ObjectNode copy =
                ((ObjectNode) completion.deepCopy()).without(List.of("id", "created", "prompt_filter_results"));
        for (JsonNode choice : copy.path("choices")) {
            ((ObjectNode) choice).remove("content_filter_results");
            ((ObjectNode) choice.path("message")).remove("annotations");
            for (JsonNode call : choice.at("/message/tool_calls")) {
                ((ObjectNode) call).remove("id");
            }
        }
        return copy;
    }

    @Test
    void usesTheConnectionAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Completed.class, stream(candidate("openai", "/v1"), body(), LONG));
        }
        simulator.change(now -> now.withRequestsPerMinute(70));
        assertInstanceOf(Completed.class, stream(candidate("openai", "/v1"), body(), LONG));
        assertEquals(OptionalLong.of(70), told.getLast().requests());
        assertTrue(simulator.calls().stream().noneMatch(call -> call.abortedByClient()));
        assertEquals(1, simulator.statistics().connections());
    }

    @ParameterizedTest
    @CsvSource({"openai, /v1", "anthropic, /v1", "gemini, /v1beta"})
    void breaksWhereTheVendorDoes(String dialect, String path) throws Exception {
        Candidate candidate = candidate(dialect, path);
        simulator.failNext(new Fault.CloseBeforeHeaders());
        assertInstanceOf(Broken.class, stream(candidate, body(), LONG));
        simulator.failNext(new Fault.CloseAfterHeaders());
        assertInstanceOf(Broken.class, stream(candidate, body(), LONG));
        assertEquals(List.of(), chunks);
        simulator.failNext(new Fault.TruncatedBody());
        assertInstanceOf(Broken.class, stream(candidate, body(), LONG));
        assertTrue(chunks.size() > 1);
        assertTrue(answer.requestId().isPresent(), "what the vendor calls the call is known");
        simulator.failNext(new Fault.MalformedJson());
        assertInstanceOf(Unusable.class, stream(candidate, body(), LONG));
        simulator.failNext(new Fault.Status(429));
        assertEquals(
                429,
                assertInstanceOf(Refused.class, stream(candidate, body(), LONG)).status());
    }

    @Test
    void cannotReachAVendorThatIsNotThere() throws Exception {
        Candidate candidate = candidate("openai", "/v1");
        simulator.close();
        assertInstanceOf(Unreachable.class, stream(candidate, body(), LONG));
    }

    @Test
    void leavesAVendorThatDoesNotBeginWhenTheLimitIsReached() throws Exception {
        simulator.failNext(new Fault.Hang());
        assertInstanceOf(TimedOut.class, stream(candidate("openai", "/v1"), body(), Duration.ofMillis(300)));
        await().until(() -> simulator.calls().getFirst().abortedByClient());
    }

    @Test
    void leavesAVendorThatFallsSilentInTheMidst() throws Exception {
        try (EventServer vendor = EventServer.silent(OPENING, HALLO)) {
            Broken broken = assertInstanceOf(Broken.class, stream(candidate(vendor), body(), LONG));
            assertTrue(broken.reason().contains("fell silent"), broken.reason());
            assertEquals(2, chunks.size());
            assertTrue(vendor.left().await(30, SECONDS));
        }
    }

    @Test
    void endsAStreamThatGoesOnPastTheLimit() throws Exception {
        simulator.change(now -> now.withTimePerToken(Duration.ofMillis(200)));
        assertInstanceOf(TimedOut.class, stream(candidate("openai", "/v1"), body(), Duration.ofMillis(900)));
        assertTrue(chunks.size() > 1);
        assertTrue(answer.requestId().isPresent(), "what the vendor calls the call is known");
        await().until(() -> simulator.calls().getFirst().abortedByClient());
    }

    @Test
    void waitsNoLongerThanItMustForAConnectionThatStaysOpenBehindTheEnd() throws Exception {
        try (EventServer vendor = EventServer.silent(OPENING, HALLO, STOP, "data: [DONE]")) {
            JsonNode completion = completion(stream(candidate(vendor), body(), LONG));
            assertEquals("Hallo", completion.at("/choices/0/message/content").stringValue());
        }
    }

    @Test
    void takesAnAnswerWhoseVendorOnlyClosesTheConnection() throws Exception {
        try (EventServer vendor = EventServer.closing(OPENING, HALLO, STOP)) {
            assertEquals(
                    "stop",
                    completion(stream(candidate(vendor), body(), LONG))
                            .at("/choices/0/finish_reason")
                            .stringValue());
        }
        try (EventServer vendor = EventServer.closing(OPENING, HALLO)) {
            assertInstanceOf(Broken.class, stream(candidate(vendor), body(), LONG));
        }
    }

    @Test
    void hearsAnErrorInTheMidstWithoutTheKeyThatIsInIt() throws Exception {
        try (EventServer vendor = EventServer.silent(
                OPENING,
                HALLO,
                "data: {\"error\":{\"message\":\"no more for sk-secret\",\"type\":\"overloaded_error\"}}")) {
            Refused refused = assertInstanceOf(Refused.class, stream(candidate(vendor), body(), LONG));
            assertEquals(503, refused.status());
            assertEquals(
                    "no more for ****",
                    JSON.readTree(refused.envelope().orElseThrow())
                            .at("/error/message")
                            .stringValue());
            assertEquals(2, chunks.size());
            assertTrue(vendor.left().await(30, SECONDS), "the rest of the answer is not waited for");
        }
    }

    @Test
    void stopsWhenItsThreadIsInterruptedInTheMidst() throws Exception {
        try (EventServer vendor = EventServer.silent(OPENING, HALLO);
                ApacheVendorClient patient = client(LONG)) {
            CompletableFuture<Exception> thrown = new CompletableFuture<>();
            CompletableFuture<Void> begun = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    VendorAnswer _ = patient.stream(call(candidate(vendor), body(), LONG), _ -> begun.complete(null));
                } catch (InterruptedException interrupted) {
                    thrown.complete(interrupted);
                }
            });
            begun.get(30, SECONDS);
            caller.interrupt();
            assertInstanceOf(InterruptedException.class, thrown.get(30, SECONDS));
            assertTrue(vendor.left().await(30, SECONDS));
        }
    }

    @Test
    void cutsTheCallOffWhenThePiecesDoNotGetOn() throws Exception {
        try (EventServer vendor = EventServer.silent(OPENING, HALLO)) {
            assertThrows(
                    UndeliveredException.class,
                    () -> client.stream(call(candidate(vendor), body(), LONG), _ -> {
                        throw new UndeliveredException(new IllegalStateException("no room"));
                    }));
            assertTrue(vendor.left().await(30, SECONDS));
        }
    }

    @Test
    void knowsWhatTheVendorCallsACallThatBreaksOff() throws Exception {
        for (List<String> vendor : List.of(
                List.of("openai", "/v1"),
                List.of("azure-openai", "/openai/v1"),
                List.of("anthropic", "/v1"),
                List.of("gemini", "/v1beta"))) {
            simulator.failNext(new Fault.TruncatedBody());
            assertInstanceOf(Broken.class, stream(candidate(vendor.getFirst(), vendor.getLast()), body(), LONG));
            assertTrue(answer.requestId().isPresent(), vendor::toString);
        }
    }

    @Test
    void takesNoEventThatHasNoEnd() throws Exception {
        String endless = "data: " + "x".repeat(1 << 20);
        try (EventServer vendor = EventServer.closing(
                Stream.generate(() -> endless).limit(17).collect(java.util.stream.Collectors.joining()))) {
            assertInstanceOf(Unusable.class, stream(candidate(vendor), body(), LONG));
        }
    }

    private VendorOutcome stream(Candidate candidate, String body, Duration limit) throws InterruptedException {
        chunks.clear();
        answer = client.stream(call(candidate, body, limit), chunks::add);
        return answer.outcome();
    }

    private static VendorCall call(Candidate candidate, String body, Duration limit) {
        return Samples.call(candidate, body, limit);
    }

    private static String body() {
        return "{\"model\":\"gpt-4o\",\"stream\":true," + HI + "}";
    }

    private Candidate candidate(String dialect, String path) {
        return vendor(dialect, simulatorUrl(path));
    }

    private Candidate candidate(EventServer vendor) {
        return vendor("openai", vendor.baseUrl());
    }

    private Candidate vendor(String dialect, String baseUrl) {
        return Samples.catalog("""
                vendors:
                  only: { dialect: %s, base-url: "%s", api-key: "env:VENDOR_KEY"%s }
                models:
                  gpt-4o: [{ vendor: only, model: theirs }]
                """.formatted(dialect, baseUrl, more()))
                .candidates(Samples.MODEL)
                .getFirst();
    }

    private static JsonNode completion(VendorOutcome outcome) {
        Completed completed = assertInstanceOf(Completed.class, outcome);
        return JSON.readTree(new String(completed.completion().bytes(), UTF_8));
    }
}
