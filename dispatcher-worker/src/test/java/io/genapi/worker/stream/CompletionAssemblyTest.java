package io.genapi.worker.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.openai.models.chat.completions.ChatCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CompletionAssemblyTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void putsTextRefusalAndReasoningTogetherAndTakesTheLatestUsage() throws Exception {
        assertEquals(
                JSON.readTree("""
                        {"id":"chatcmpl-1","object":"chat.completion","created":7,"model":"theirs","system_fingerprint":"fp",
                         "choices":[{"index":0,"message":{"role":"assistant","content":"Hello","refusal":"No.","reasoning_content":"hm"},
                                     "logprobs":null,"finish_reason":"stop"}],
                         "usage":{"prompt_tokens":1,"completion_tokens":2}}"""),
                assembled(
                        Chunks.delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"),
                        Chunks.delta("{\"reasoning_content\":\"h\"}"),
                        Chunks.delta("{\"reasoning_content\":\"m\",\"content\":\"Hel\"}"),
                        Chunks.chunk(
                                "\"system_fingerprint\":\"fp\",\"obfuscation\":\"xxxx\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":null}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}"),
                        Chunks.delta("{\"refusal\":\"No\"}"),
                        Chunks.delta("{\"refusal\":\".\"}"),
                        Chunks.finish(0),
                        Chunks.chunk("\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}")));
    }

    @Test
    void putsCallsTogetherByTheirIndex() throws Exception {
        JsonNode message = assembled(
                        Chunks.delta(
                                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"),
                        Chunks.delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}]}"),
                        Chunks.delta(
                                "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}},{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}"),
                        Chunks.finish(0))
                .at("/choices/0/message");
        assertEquals(JSON.readTree("""
                        {"role":"assistant","content":null,"refusal":null,"tool_calls":[
                          {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}},
                          {"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}"""), message);
    }

    @Test
    void tellsCallsApartThatAVendorGivesTheSameIndexOrNone() {
        JsonNode same = assembled(
                Chunks.delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                Chunks.delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"[]\"}}]}"));
        assertEquals(2, same.at("/choices/0/message/tool_calls").size());
        JsonNode none = assembled(
                Chunks.delta("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                Chunks.delta("{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"[]\"}}]}"));
        assertEquals(2, none.at("/choices/0/message/tool_calls").size());
    }

    @Test
    void keepsChoicesApartAndCollectsTheirLogprobs() {
        JsonNode choices = assembled(
                        Chunks.chunk(
                                "\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},\"logprobs\":{\"content\":[{\"token\":\"b\",\"logprob\":-0.5}],\"refusal\":null}}]"),
                        Chunks.chunk(
                                "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":null},{\"index\":1,\"delta\":{\"content\":\"c\"},\"logprobs\":{\"content\":[{\"token\":\"c\",\"logprob\":-1}]}}]"),
                        Chunks.finish(1),
                        Chunks.chunk(
                                "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\",\"content_filter_results\":{\"hate\":{\"severity\":\"safe\"}}}]"))
                .path("choices");
        assertEquals("a", choices.at("/0/message/content").stringValue());
        assertEquals("length", choices.at("/0/finish_reason").stringValue());
        assertEquals(
                "safe", choices.at("/0/content_filter_results/hate/severity").stringValue());
        assertEquals("bc", choices.at("/1/message/content").stringValue());
        assertEquals(2, choices.at("/1/logprobs/content").size());
        assertEquals("stop", choices.at("/1/finish_reason").stringValue());
    }

    @Test
    void takesTheNameOfTheAnswerFromTheFirstChunkThatHasOne() {
        JsonNode completion = assembled(
                (ObjectNode)
                        JSON.readTree(
                                "{\"id\":\"\",\"object\":\"\",\"created\":0,\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[1]}"),
                Chunks.delta("{\"content\":\"x\"}"));
        assertEquals("chatcmpl-1", completion.path("id").stringValue());
        assertEquals(7, completion.path("created").intValue());
        assertEquals("theirs", completion.path("model").stringValue());
        assertEquals(1, completion.path("prompt_filter_results").size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void makesTheSameWhereverAnAnswerIsCut(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            ObjectNode whole = answer(random);
            JsonNode assembled = assembled(cut(whole, random).toArray(ObjectNode[]::new));
            assertEquals(whole, assembled);
            var _ = com.openai.core.ObjectMappers.jsonMapper()
                    .readValue(assembled.toString(), ChatCompletion.class)
                    .validate();
            CompletionAssembly again = new CompletionAssembly();
            WholeAnswer.chunks(io.genapi.schemas.chat.ChatCompletion.read(JSON.writeValueAsBytes(whole))
                            .orElseThrow())
                    .forEach(again::add);
            assertEquals(whole, JSON.readTree(again.completion().toString()), "said in one chunk");
        }
    }

    private static ObjectNode answer(Random random) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("created", 7)
                .put("model", "theirs");
        var choices = answer.putArray("choices");
        for (int index = 0; index <= random.nextInt(3); index++) {
            ObjectNode choice = choices.addObject().put("index", index);
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            boolean calls = random.nextBoolean();
            message.put("content", calls ? null : text(random))
                    .put("refusal", random.nextInt(4) > 0 ? null : text(random));
            for (int call = 0; calls && call <= random.nextInt(3); call++) {
                message.withArray("tool_calls")
                        .addObject()
                        .put("id", "call_" + index + call)
                        .put("type", "function")
                        .putObject("function")
                        .put("name", "f")
                        .put("arguments", text(random));
            }
            choice.putNull("logprobs").put("finish_reason", calls ? "tool_calls" : "stop");
        }
        answer.putObject("usage")
                .put("prompt_tokens", 1)
                .put("completion_tokens", 2)
                .put("total_tokens", 3);
        return answer;
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(30), 0, 4)
                .mapToObj(at -> List.of("a", "ü", "\uD83D\uDE00", "\"").get(at))
                .reduce("", String::concat);
    }

    /** As a vendor would stream it, its choices in turn. */
    private static List<ObjectNode> cut(ObjectNode whole, Random random) {
        List<ObjectNode> chunks = new ArrayList<>();
        for (JsonNode choice : whole.path("choices")) {
            int index = choice.path("index").intValue();
            JsonNode message = choice.path("message");
            chunks.add(choice(index, "{\"role\":\"assistant\",\"content\":null,\"refusal\":null}", "null"));
            for (String field : List.of("content", "refusal")) {
                for (String piece : pieces(message.path(field).stringValue(""), random)) {
                    chunks.add(choice(index, JSON.writeValueAsString(java.util.Map.of(field, piece)), "null"));
                }
            }
            int at = 0;
            for (JsonNode call : message.path("tool_calls")) {
                ObjectNode opening = call.deepCopy().asObject().put("index", at);
                ((ObjectNode) opening.path("function")).put("arguments", "");
                chunks.add(choice(index, "{\"tool_calls\":[" + opening + "]}", "null"));
                for (String piece : pieces(call.at("/function/arguments").stringValue(), random)) {
                    ObjectNode more = JsonNodeFactory.instance.objectNode().put("index", at);
                    more.putObject("function").put("arguments", piece);
                    chunks.add(choice(index, "{\"tool_calls\":[" + more + "]}", "null"));
                }
                at++;
            }
            chunks.add(choice(index, "{}", choice.path("finish_reason").toString()));
        }
        chunks.add(Chunks.chunk("\"choices\":[],\"usage\":" + whole.path("usage")));
        return chunks;
    }

    private static ObjectNode choice(int index, String delta, String finish) {
        return Chunks.chunk("\"choices\":[{\"index\":%d,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]"
                .formatted(index, delta, finish));
    }

    /** Never within a pair of surrogates, which no JSON can hold apart. */
    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(6));
            to = to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static JsonNode assembled(ObjectNode... chunks) {
        CompletionAssembly assembly = new CompletionAssembly();
        for (ObjectNode chunk : chunks) {
            assembly.add(chunk);
        }
        return JSON.readTree(assembly.completion().toString());
    }
}
