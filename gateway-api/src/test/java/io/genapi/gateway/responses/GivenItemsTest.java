package io.genapi.gateway.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.gateway.responses.request.ResponseReading;
import io.genapi.gateway.responses.request.ResponseRequest;
import io.genapi.gateway.responses.request.ResponseRequestReader;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class GivenItemsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is told of a request, without ids and states, which are the broker's own. */
    private static ArrayNode told(String members) {
        ArrayNode told = JSON.createArrayNode();
        for (GivenItem item : items(members)) {
            ObjectNode copy = item.item().get();
            assertEquals("completed", copy.remove("status").asString());
            copy.remove("id");
            told.add(copy);
        }
        return told;
    }

    private static List<GivenItem> items(String members) {
        byte[] json = ("{\"model\":\"m\"," + members + "}").getBytes(UTF_8);
        if (ResponseRequestReader.read(json) instanceof ResponseReading.Valid(ResponseRequest request)
                && ChatRequestReader.read(request.body(List.of())) instanceof ChatRequestReading.Valid(var body)) {
            StoredResponse response = new StoredResponse(Samples.ID, Samples.CREATED, body, request.echo());
            return GivenItems.of(response, request.body(List.of()));
        }
        throw new IllegalArgumentException(members);
    }

    private static JsonNode json(String text) {
        return Objects.requireNonNull(JSON.readTree(text));
    }

    @Test
    void textIsAUsersMessage() {
        assertEquals(
                json(
                        "[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]}]"),
                told("\"input\":\"hi\""));
    }

    @Test
    void instructionsAreNotAmongThemButASystemMessageIs() {
        String input = """
                "input":[{"role":"system","content":"be kind"},{"role":"user","content":"hi"}]""";
        JsonNode both = told(input);

        assertEquals("system", both.at("/0/role").asString());
        assertEquals(2, both.size());
        assertEquals(both, told(input + ",\"instructions\":\"be short\""));
    }

    @Test
    void itemsComeBackAsTheyWereSent() {
        String items = """
                [{"type":"message","role":"user","content":[
                   {"type":"input_text","text":"what is this?"},
                   {"type":"input_image","detail":"low","image_url":"data:image/png;base64,AAAA"},
                   {"type":"input_file","file_data":"data:application/pdf;base64,AAAA","filename":"a.pdf"}]},
                 {"type":"message","role":"assistant","content":[
                   {"type":"output_text","text":"let me look","annotations":[],"logprobs":[]}]},
                 {"type":"function_call","call_id":"call_1","name":"look","arguments":"{}"},
                 {"type":"function_call","call_id":"call_2","name":"look","arguments":"{\\"n\\":2}"},
                 {"type":"function_call_output","call_id":"call_1","output":"a cat"},
                 {"type":"function_call_output","call_id":"call_2","output":[{"type":"input_text","text":"a dog"}]},
                 {"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"no"}]}]""";

        assertEquals(json(items), told("\"input\":" + items));
    }

    @Test
    void whatIsNoPartIsToldAsItStands() {
        StoredResponse response = Samples.response("");
        byte[] body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[1]},{\"role\":7}]}".getBytes(UTF_8);

        List<GivenItem> items = GivenItems.of(response, body);

        assertEquals("1", items.getFirst().item().get().at("/content/0/text").asString());
        assertEquals(0, items.getLast().item().get().path("content").size());
    }

    @Test
    void eachHasAnIdOfItsOwnAndTheSameEachTime() {
        String input = "\"input\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]";
        List<String> ids = items(input).stream().map(GivenItem::id).toList();

        assertEquals(2, ids.stream().distinct().count());
        assertEquals(ids, items(input).stream().map(GivenItem::id).toList());
    }
}
