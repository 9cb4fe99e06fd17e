package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ToolChoiceOptions;
import com.openai.models.responses.WebSearchTool;
import com.openai.models.responses.inputitems.InputItemListParams;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.OpenAiSdk;
import io.genapi.systemtests.harness.SystemTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Responses API of OpenAI's client for Java, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class OpenAiJavaResponsesIT {

    private static final FunctionTool WEATHER = FunctionTool.builder()
            .name("weather")
            .strict(true)
            .parameters(FunctionTool.Parameters.builder()
                    .putAdditionalProperty("type", JsonValue.from("object"))
                    .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                    .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                    .build())
            .build();

    private static final List<ResponseStatus> OPEN = List.of(ResponseStatus.QUEUED, ResponseStatus.IN_PROGRESS);

    private final LocalBroker broker;
    private final OpenAIClient client;

    OpenAiJavaResponsesIT(LocalBroker broker) {
        this.broker = broker;
        this.client = OpenAiSdk.at(broker.line().address()).build();
    }

    @AfterEach
    void close() {
        client.close();
        broker.simulator().reset();
    }

    private static String role(ResponseItem item) {
        return item.isResponseOutputMessage()
                ? "assistant"
                : item.asResponseInputMessageItem().validate().role().asString();
    }

    private static ResponseCreateParams.Builder ask(String question) {
        return ResponseCreateParams.builder().model("gpt-4o-mini").input(question);
    }

    @Test
    void answers() {
        Response response = client.responses()
                .create(ask("nonce-java-resp").instructions("Be short.").build())
                .validate();

        assertEquals(ResponseStatus.COMPLETED, response.status().orElseThrow());
        assertEquals("You said: nonce-java-resp", text(response));
        assertEquals("Be short.", response.instructions().orElseThrow().asString());
        assertEquals(
                text(response), text(client.responses().retrieve(response.id()).validate()));

        Response next = client.responses()
                .create(ask("nonce-java-next").previousResponseId(response.id()).build());
        assertEquals(response.id(), next.previousResponseId().orElseThrow());
        assertTrue(next.usage().orElseThrow().inputTokens()
                > response.usage().orElseThrow().inputTokens());
        assertEquals(
                List.of("user", "assistant", "user"),
                client
                        .responses()
                        .inputItems()
                        .list(InputItemListParams.builder()
                                .responseId(next.id())
                                .order(InputItemListParams.Order.ASC)
                                .build())
                        .autoPager()
                        .stream()
                        .map(OpenAiJavaResponsesIT::role)
                        .toList());
    }

    @Test
    void hasToolsCalledAndTakesWhatCameOfIt() {
        Response asked = client.responses()
                .create(ask("nonce-java-tools")
                        .addTool(WEATHER)
                        .toolChoice(ToolChoiceOptions.REQUIRED)
                        .build())
                .validate();
        ResponseFunctionToolCall call = asked.output().getFirst().asFunctionCall();
        assertEquals("weather", call.name());

        Response answered = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("gpt-4o-mini")
                        .previousResponseId(asked.id())
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("sunny")
                                        .build())))
                        .addTool(WEATHER)
                        .build());
        assertEquals(ResponseStatus.COMPLETED, answered.status().orElseThrow());
    }

    @Test
    void accumulatesWhatItStreams() {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses()
                .createStreaming(ask("nonce-java-stream in pieces").build())) {
            stream.stream().forEach(event -> accumulator.accumulate(event.validate()));
        }
        assertEquals("You said: nonce-java-stream in pieces", text(accumulator.response()));
    }

    @Test
    void goesOnWithAStreamInTheBackgroundWhereItLeftIt() {
        List<ResponseStreamEvent> events = new ArrayList<>();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses()
                .createStreaming(ask("nonce-java-resume one two three four")
                        .background(true)
                        .build())) {
            assertTrue(stream.stream().peek(events::add).anyMatch(ResponseStreamEvent::isOutputTextDelta));
        }
        String id = events.getFirst().asCreated().response().id();
        long last = events.getLast().asOutputTextDelta().sequenceNumber();
        try (StreamResponse<ResponseStreamEvent> rest = client.responses()
                .retrieveStreaming(ResponseRetrieveParams.builder()
                        .responseId(id)
                        .startingAfter(last)
                        .build())) {
            rest.stream().forEach(events::add);
        }

        assertEquals(
                "You said: nonce-java-resume one two three four",
                events.stream()
                        .filter(ResponseStreamEvent::isOutputTextDelta)
                        .map(event -> event.asOutputTextDelta().delta())
                        .collect(Collectors.joining()));
        assertTrue(events.getLast().isCompleted());
    }

    @Test
    void runsInTheBackgroundAndCanBeCancelledAndDeleted() {
        Response queued = client.responses()
                .create(ask("nonce-java-background").background(true).build())
                .validate();
        assertEquals(ResponseStatus.QUEUED, queued.status().orElseThrow());
        assertEquals("You said: nonce-java-background", text(ended(queued.id())));

        broker.simulator().hold();
        Response held = client.responses()
                .create(ask("nonce-java-held").background(true).build());
        Response cancelled = client.responses().cancel(held.id()).validate();
        assertEquals(held.id(), cancelled.id());
        assertEquals(ResponseStatus.CANCELLED, ended(held.id()).status().orElseThrow());

        client.responses().delete(queued.id());
        assertThrows(NotFoundException.class, () -> client.responses().retrieve(queued.id()));
    }

    @Test
    void raisesItsTypedErrors() {
        BadRequestException unsupported = assertThrows(
                BadRequestException.class,
                () -> client.responses()
                        .create(ask("hello")
                                .addTool(WebSearchTool.builder()
                                        .type(WebSearchTool.Type.WEB_SEARCH)
                                        .build())
                                .build()));
        assertEquals("tools[0].type", unsupported.param().orElse(""));
        NotFoundException unknown = assertThrows(
                NotFoundException.class,
                () -> client.responses()
                        .create(ask("hello").model("no-such-model").build()));
        assertEquals("model_not_found", unknown.code().orElse(""));
        assertThrows(NotFoundException.class, () -> client.responses().retrieve("resp_nothing"));
    }

    private Response ended(String id) {
        Eventually.holds("the response has ended", () -> !OPEN.contains(status(id)));
        return client.responses().retrieve(id);
    }

    private ResponseStatus status(String id) {
        return client.responses().retrieve(id).status().orElseThrow();
    }

    private static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(output -> output.text())
                .collect(Collectors.joining());
    }
}
