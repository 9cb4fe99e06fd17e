package io.genapi.gateway.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResponseEventsTest {

    private static final String DIGITS = "01kg9ys7g0fwkvatamf7t7wjj6";

    @Test
    void textComesInOpenAisOrder() {
        List<ResponseEvent> events = whole(
                Samples.response(""),
                delta("\"role\":\"assistant\",\"content\":\"\""),
                delta("\"content\":\"Hel\""),
                delta("\"content\":\"lo\""),
                finish("stop"),
                usage());

        assertEquals(
                List.of(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed"),
                types(events));
        assertEquals(
                json("""
                        {"type":"response.output_text.delta","sequence_number":5,"item_id":"msg_%s","output_index":0,
                        "content_index":0,"delta":"lo","logprobs":[]}""".formatted(DIGITS)),
                JsonMapper.shared().readTree(events.get(5).toJson()));
        JsonNode response =
                JsonMapper.shared().readTree(events.getLast().toJson()).path("response");
        assertEquals("completed", response.path("status").asString());
        assertEquals(1769860800, response.path("created_at").asLong());
        assertEquals(json("""
                [{"type":"message","id":"msg_%s","status":"completed","role":"assistant",
                "content":[{"type":"output_text","text":"Hello","annotations":[],"logprobs":[]}]}]""".formatted(DIGITS)), response.path("output"));
        assertEquals(json("""
                {"input_tokens":5,"input_tokens_details":{"cached_tokens":3,"cache_write_tokens":0},"output_tokens":2,
                "output_tokens_details":{"reasoning_tokens":1},"total_tokens":7}"""), response.path("usage"));
    }

    @Test
    void aResponseInTheBackgroundIsQueuedFirst() {
        List<ResponseEvent> events = whole(Samples.response(",\"background\":true"), delta("\"content\":\"x\""));

        assertEquals(
                List.of("response.created", "response.queued", "response.in_progress"),
                types(events).subList(0, 3));
        assertEquals("queued", events.getFirst().data().at("/response/status").asString());
    }

    @Test
    void callsComeOneAfterTheOther() {
        List<ResponseEvent> events = whole(
                Samples.response(""),
                delta("\"content\":\"I look.\""),
                delta(
                        "\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]"),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]"),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]"),
                delta(
                        "\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]"),
                finish("tool_calls"));

        assertEquals(
                List.of(
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed"),
                types(events).subList(5, events.size()));
        assertEquals(json("""
                        {"type":"function_call","id":"fc_%s_0","status":"completed","call_id":"call_1","name":"f",
                        "arguments":"{\\"a\\":1}"}""".formatted(DIGITS)), events.getLast().data().at("/response/output/1"));
        assertEquals("f", events.get(11).data().path("name").asString());
    }

    @Test
    void whatComesLateOfACallIsSaidAndThenThatItIsWholeOnceMore() {
        List<ResponseEvent> events = whole(
                Samples.response(""),
                delta("\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
                delta("\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]"),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]"));

        assertEquals(
                "{}", events.getLast().data().at("/response/output/0/arguments").asString());
        assertEquals(
                3,
                types(events).stream()
                        .filter("response.function_call_arguments.done"::equals)
                        .count());
    }

    @Test
    void thoughtsAndRefusalsHaveEventsOfTheirOwn() {
        List<ResponseEvent> events = whole(
                Samples.response(""),
                delta("\"reasoning_content\":\"hm\""),
                delta("\"refusal\":\"I can't.\""),
                finish("stop"));

        assertEquals(
                List.of(
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.refusal.delta",
                        "response.refusal.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed"),
                types(events).subList(2, events.size()));
        assertEquals(
                "I can't.",
                events.getLast()
                        .data()
                        .at("/response/output/1/content/0/refusal")
                        .asString());
    }

    @Test
    void anAnswerThatWasCutOffIsIncomplete() {
        List<ResponseEvent> events = whole(Samples.response(""), delta("\"content\":\"Hel\""), finish("length"));

        assertEquals("response.incomplete", events.getLast().type());
        JsonNode response = events.getLast().data().path("response");
        assertEquals("incomplete", response.path("status").asString());
        assertEquals(
                "max_output_tokens", response.at("/incomplete_details/reason").asString());
        assertEquals("incomplete", response.at("/output/0/status").asString());
    }

    @Test
    void aFailureEndsWithWhatThereWas() {
        ResponseEvents events = new ResponseEvents(Samples.response(""));
        List<ResponseEvent> all = new ArrayList<>(events.begin());
        all.addAll(events.progress());
        all.addAll(events.piece(delta("\"content\":\"Hel\"")));
        all.addAll(events.failed(
                JobStatus.FAILED,
                ApiError.server(502, "stream_interrupted", "It broke off.").toJson()));

        JsonNode response = all.getLast().data().path("response");
        assertEquals("response.failed", all.getLast().type());
        assertEquals("failed", response.path("status").asString());
        assertEquals(json("{\"code\":\"stream_interrupted\",\"message\":\"It broke off.\"}"), response.path("error"));
        assertEquals("Hel", response.at("/output/0/content/0/text").asString());
    }

    @Test
    void whatWasCancelledSaysSoAndHasNoError() {
        ResponseEvents events = new ResponseEvents(Samples.response(""));
        var _ = events.begin();
        JsonNode response = events.failed(JobStatus.CANCELLED, "{}".getBytes(UTF_8))
                .getLast()
                .data()
                .path("response");

        assertEquals("cancelled", response.path("status").asString());
        assertTrue(response.path("error").isNull());
    }

    @Test
    void openAisOwnTypesReadEveryEventAndNumbersHaveNoGaps() throws Exception {
        List<ResponseEvent> events = whole(
                Samples.response(",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}}]"),
                delta("\"reasoning_content\":\"hm\""),
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"logprobs\":{\"content\":[{\"token\":\"x\",\"logprob\":-0.1,\"bytes\":[120],\"top_logprobs\":[]}]}}]}"
                        .getBytes(UTF_8),
                delta("\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"),
                finish("stop"),
                usage());

        ObjectMapper theirs = com.openai.core.ObjectMappers.jsonMapper();
        for (int number = 0; number < events.size(); number++) {
            assertEquals(number, events.get(number).sequence());
            theirs.readValue(events.get(number).toJson(), com.openai.models.responses.ResponseStreamEvent.class)
                    .validate();
        }
    }

    @Test
    void aPieceThatIsNoChunkSaysNothing() {
        ResponseEvents events = new ResponseEvents(Samples.response(""));
        for (String odd : List.of("", "nonsense", "[]", "{}", "{\"choices\":[7,{\"delta\":3}]}", "{\"choices\":{}}")) {
            assertEquals(List.of(), events.piece(odd.getBytes(UTF_8)), odd);
        }
    }

    private static List<ResponseEvent> whole(StoredResponse response, byte[]... pieces) {
        ResponseEvents events = new ResponseEvents(response);
        List<ResponseEvent> all = new ArrayList<>(events.begin());
        all.addAll(events.progress());
        Stream.of(pieces).map(events::piece).forEach(all::addAll);
        all.addAll(events.succeeded());
        return all;
    }

    private static byte[] delta(String members) {
        return "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":null}]}"
                .formatted(members)
                .getBytes(UTF_8);
    }

    private static byte[] finish(String reason) {
        return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}"
                .formatted(reason)
                .getBytes(UTF_8);
    }

    private static byte[] usage() {
        return """
                {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7,
                "prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":1}}}""".getBytes(UTF_8);
    }

    private static List<String> types(List<ResponseEvent> events) {
        return events.stream().map(ResponseEvent::type).toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
