package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.vendor.VendorCall;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.OpenAiSdk;
import io.genapi.systemtests.harness.SystemTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that come piece by piece, from the vendor's socket to the caller's. */
@SystemTest
final class StreamIT {

    private final LocalBroker broker;
    private final OpenAIClient client;

    StreamIT(LocalBroker broker) {
        this.broker = broker;
        this.client = OpenAiSdk.at(broker.api().base()).maxRetries(0).build();
    }

    @AfterEach
    void close() {
        client.close();
        broker.simulator().reset();
    }

    private static ChatCompletionCreateParams.Builder ask(String question) {
        return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage(question);
    }

    private List<ChatCompletionChunk> chunks(ChatCompletionCreateParams.Builder question) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(question.build())) {
            return stream.stream().map(ChatCompletionChunk::validate).toList();
        }
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .map(choice -> choice.delta().content().orElse(""))
                .collect(Collectors.joining());
    }

    @Test
    void anSdkGetsTheTextPieceByPiece() {
        List<ChatCompletionChunk> chunks = chunks(ask("stream-sdk tells a long story"));

        assertEquals("You said: stream-sdk tells a long story", text(chunks));
        assertTrue(chunks.size() > 5, chunks::toString);
        chunks.forEach(chunk -> assertEquals("gpt-4o-mini", chunk.model()));
        assertTrue(chunks.stream().allMatch(chunk -> chunk.usage().isEmpty()), "usage was not asked for");
    }

    @Test
    void anSdkGetsTheUsageWhereItAsksForIt() {
        List<ChatCompletionChunk> chunks = chunks(ask("stream-usage")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build()));

        assertEquals("You said: stream-usage", text(chunks));
        assertTrue(chunks.getLast().choices().isEmpty());
        assertTrue(chunks.getLast().usage().orElseThrow().totalTokens() > 0);
    }

    @Test
    void anSdkGetsToolCalls() {
        List<ChatCompletionChunk> chunks = chunks(ask("stream-tools")
                .putAdditionalBodyProperty(
                        "tools",
                        JsonValue.from(List.of(Map.of(
                                "type",
                                "function",
                                "function",
                                Map.of(
                                        "name",
                                        "weather",
                                        "parameters",
                                        Map.of(
                                                "type",
                                                "object",
                                                "properties",
                                                Map.of("city", Map.of("type", "string")),
                                                "required",
                                                List.of("city")))))))
                .putAdditionalBodyProperty("tool_choice", JsonValue.from("required")));

        var calls = chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().toolCalls().stream())
                .flatMap(List::stream)
                .map(call -> call.function().orElseThrow())
                .toList();
        assertEquals("weather", calls.getFirst().name().orElse(""));
        String arguments =
                calls.stream().map(call -> call.arguments().orElse("")).collect(Collectors.joining());
        assertTrue(arguments.contains("\"city\""), arguments);
    }

    @Test
    void theFirstPiecesComeWhileTheVendorIsStillTalking() {
        broker.simulator().behave("{\"time_per_token\":\"200ms\"}");
        try (StreamedEvents events = StreamedEvents.ask(broker.api(), "stream-early takes its time to the end")) {
            Eventually.holds("a piece is there", () -> events.ids().size() > 1);
            assertEquals(1, broker.simulator().inFlight());
            Eventually.holds("the stream ends", events::hasEnded);

            assertTrue(events.isWhole(), events::toString);
            assertEquals("You said: stream-early takes its time to the end", events.text());
            assertEquals("text/event-stream;charset=utf-8", events.header("Content-Type"));
            assertEquals("no", events.header("X-Accel-Buffering"));
            assertInOrder(events.ids());
            Answer job = broker.api().job(events.job());
            assertEquals("succeeded", job.jobStatus(), job::toString);
            assertEquals("You said: stream-early takes its time to the end", job.content());
        }
    }

    @Test
    void anEarlyErrorHasItsOwnStatus() {
        assertThrows(NotFoundException.class, () -> chunks(ask("stream-absent").model("no-such-model")));
        fault("{\"fault\":\"status\",\"status\":400}");
        assertThrows(BadRequestException.class, () -> chunks(ask("stream-refused")));
    }

    @Test
    void anSdkRaisesAnErrorThatComesInMidStream() {
        fault("{\"fault\":\"truncated-body\"}");

        SseException raised =
                assertThrows(SseException.class, () -> chunks(ask("stream-broken off in the middle of its words")));
        assertEquals("stream_interrupted", raised.code().orElse(""));
    }

    @Test
    void anErrorInMidStreamIsTheLastEvent() {
        fault("{\"fault\":\"truncated-body\"}");
        try (StreamedEvents events = StreamedEvents.ask(broker.api(), "stream-cut off in the middle of its words")) {
            Eventually.holds("the stream ends", events::hasEnded);

            assertEquals(200, events.status(), events::toString);
            assertFalse(events.isWhole(), events::toString);
            assertTrue(events.ids().size() > 1, events::toString);
            assertEquals(
                    "stream_interrupted",
                    events.chunks().getLast().at("/error/code").asString(),
                    events::toString);
            assertEquals("failed", broker.api().job(events.job(), 10).jobStatus());
        }
        assertEquals(1, broker.simulator().callsAbout("stream-cut").size(), "nobody pays for it twice");
    }

    @Test
    void aCallerThatLeavesEndsTheVendorsCall() {
        broker.simulator().behave("{\"time_per_token\":\"200ms\"}");
        String id;
        try (StreamedEvents events = StreamedEvents.ask(broker.api(), "stream-left " + "and on ".repeat(100))) {
            Eventually.holds("a piece is there", () -> events.ids().size() > 1);
            id = events.job();
        }
        Eventually.holds(
                "the vendor's call is ended",
                () -> broker.simulator().vendorCalls().stream()
                        .filter(call -> call.question().startsWith("stream-left"))
                        .anyMatch(VendorCall::abandoned));
        Eventually.holds(
                "the job is cancelled", () -> broker.api().job(id).jobStatus().equals("cancelled"));
    }

    @Test
    void anAsyncJobIsFollowedFromItsBeginning() {
        broker.simulator().behave("{\"time_per_token\":\"100ms\"}");
        Answer accepted = broker.api().post("/v1/chat/completions", """
                {"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"stream-async to follow"}]}""", "Prefer", "respond-async");
        assertEquals(202, accepted.status(), accepted::toString);
        try (StreamedEvents events = StreamedEvents.follow(broker.api(), accepted.jobId())) {
            Eventually.holds("the stream ends", events::hasEnded);
            assertTrue(events.isWhole(), events::toString);
            assertEquals("You said: stream-async to follow", events.text());
            String second = events.ids().get(1);
            try (StreamedEvents rest = StreamedEvents.follow(broker.api(), accepted.jobId(), "Last-Event-ID", second)) {
                Eventually.holds("the rest ends", rest::hasEnded);
                assertEquals(events.ids().subList(2, events.ids().size()), rest.ids());
                assertTrue(rest.isWhole(), rest::toString);
            }
        }
    }

    @Test
    void theCommandPrintsTheWordsAsTheyCome() {
        Genapi.Outcome outcome = broker.genapi()
                .run(
                        "chat",
                        "stream-command",
                        "--stream",
                        "--url",
                        broker.api().base().toString());
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals("You said: stream-command", outcome.out().strip());
    }

    private static void assertInOrder(List<String> ids) {
        String run = ids.getFirst().substring(0, 8);
        assertEquals(
                IntStream.range(0, ids.size()).mapToObj(seq -> run + "-" + seq).toList(), ids);
    }

    private void fault(String fault) {
        Api control = new Api(URI.create(broker.simulator().controlUrl()));
        Answer answer = control.post("/faults", fault);
        assertEquals(200, answer.status(), answer::toString);
    }
}
