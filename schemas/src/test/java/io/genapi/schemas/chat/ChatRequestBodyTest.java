package io.genapi.schemas.chat;

import static io.genapi.schemas.chat.ChatRequestReaderTest.valid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChatRequestBodyTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> SPACES = List.of("", " ", "\n", "\r\n\t ", "    ");
    private static final List<String> NAMES = List.of(
            "\"m\"", "\"gpt-4o-mini\"", "\"mödel-😀\"", "\"a\\\"b\\\\\"", "\"\\u0067pt\\/4\"", "\"\\ud83d\\ude00\"");
    private static final List<String> OTHER_VALUES = List.of(
            "1.50e+3",
            "\"ünïcode → 😀 \\u00e9\"",
            "{\"model\":\"inner\",\"messages\":[]}",
            "[ {\"model\": [\"x\"] } , null ]",
            "\"\\\"model\\\":\\\"no\\\"\"",
            "true",
            "{}");
    private static final List<String> REPLACEMENTS = List.of(
            "x", "gemini-2.5-pro", "sehr-langer-name-".repeat(20), "quo\"te\\back", "üñ😀", "tab\there", "a/b:c@d");

    @Test
    void isItselfWhereTheVendorHasTheSameName() {
        byte[] bytes = "{ \"model\" : \"m\" , \"messages\" : [ { } ] }".getBytes(UTF_8);
        assertSame(bytes, valid(bytes).withModel("m"));
    }

    @Test
    void keepsEveryOtherByte() {
        String body =
                "\r\n\t{ \"x\" :\t1.50 , \"ü\":\"€😀\",\n\"model\"  :\n  \"m\"\t,\"messages\":[ {\"content\":\"日本\\u0021\"} ]  } \n";
        assertEquals(
                body.replace("\"m\"", "\"vendor/model\""),
                new String(valid(body).withModel("vendor/model"), UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"m\"|{\"stream_options\":{\"include_usage\":true},\"model\":\"m\"",
                "{ \"stream_options\" : null ,\"model\":\"ü\"|{ \"stream_options\" : {\"include_usage\":true} ,\"model\":\"ü\"",
                "{\"model\":\"m\",\"stream_options\": { }|{\"model\":\"m\",\"stream_options\": {\"include_usage\":true }",
                "{\"model\":\"m\",\"stream_options\":{\"a\":[1]}|{\"model\":\"m\",\"stream_options\":{\"include_usage\":true,\"a\":[1]}",
                "{\"model\":\"m\",\"stream_options\":{\"a\":1,\"include_usage\": false }|{\"model\":\"m\",\"stream_options\":{\"a\":1,\"include_usage\": true }",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":null}|{\"model\":\"m\",\"stream_options\":{\"include_usage\":true}",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":\"no\"}|{\"model\":\"m\",\"stream_options\":{\"include_usage\":true}",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":{\"x\":1}}|{\"model\":\"m\",\"stream_options\":{\"include_usage\":true}",
            })
    void asksForTheUsageOfAStreamAndChangesNothingElse(String body, String asking) {
        String rest = ",\"messages\":[{\"x\":1.50}], \"stream\":true } \n";
        ChatRequestBody request = valid((body + rest).getBytes(UTF_8));
        assertFalse(request.includeUsage());
        ChatRequestBody asked = request.includingUsage();
        assertEquals(asking + rest, new String(asked.bytes(), UTF_8));
        assertTrue(asked.includeUsage());
        assertTrue(asked.stream());
        assertEquals(
                (asking + rest).replaceFirst("\"[mü]\"", "\"theirs\""), new String(asked.withModel("theirs"), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"include_usage\":true,\"x\":1}", "7", "\"yes\"", "[{\"include_usage\":false}]"})
    void leavesOptionsAsTheyAreThatAskAlreadyOrAreNone(String options) {
        ChatRequestBody request = valid("{\"stream_options\":%s,\"model\":\"m\",\"messages\":[{}],\"stream\":true}"
                .formatted(options)
                .getBytes(UTF_8));
        assertSame(request, request.includingUsage());
        assertEquals(options.startsWith("{"), request.includeUsage());
    }

    @Test
    void leavesTheStreamsOptionsOutAndEveryOtherByteIn() {
        String options = "\"stream_options\" : {\"include_usage\":true,\"x\":[{}]}";
        String rest = "\"model\":\"m\",\"messages\":[{}]";
        Map<String, String> without = Map.of(
                "{" + options + "," + rest + "} \n", "{" + rest + "} \n",
                "{ \"ü\" : [1.50] , " + options + "\t, " + rest + "}", "{ \"ü\" : [1.50] ,  " + rest + "}",
                "{" + rest + " , " + options + " } \n", "{" + rest + "  } \n",
                "{\"x\":{" + options + "}," + rest + "}", "{\"x\":{" + options + "}," + rest + "}");
        without.forEach((body, left) -> assertEquals(
                left,
                new String(valid(body.getBytes(UTF_8)).withoutStreamOptions().bytes(), UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void changesTheModelAndNothingElseWhateverTheBody(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String name = pick(NAMES, random);
            List<String> parts = parts(name, random);
            String text = String.join("", parts);
            String replacement = pick(REPLACEMENTS, random);

            ChatRequestBody body = valid(text);
            byte[] replaced = body.withModel(replacement);

            ObjectNode expected = (ObjectNode) JSON.readTree(text);
            assertEquals(expected.get("model").asString(), body.model().value());
            expected.put("model", replacement);
            assertEquals(expected, JSON.readTree(replaced), text);
            if (!replacement.equals(body.model().value())) {
                parts.set(parts.indexOf(name), JSON.writeValueAsString(replacement));
            }
            assertArrayEquals(String.join("", parts).getBytes(UTF_8), replaced, text);
        }
    }

    private static List<String> parts(String name, Random random) {
        List<List<String>> properties = new ArrayList<>();
        properties.add(property("\"model\"", name, random));
        properties.add(property(
                "\"messages\"", "[{\"role\":\"user\",\"content\":" + pick(OTHER_VALUES, random) + "}]", random));
        for (int other = random.nextInt(4); other > 0; other--) {
            properties.add(property("\"other_ü" + other + "\"", pick(OTHER_VALUES, random), random));
        }
        Collections.shuffle(properties, random);
        List<String> parts = new ArrayList<>(List.of(pick(SPACES, random), "{"));
        for (int at = 0; at < properties.size(); at++) {
            parts.addAll(properties.get(at));
            parts.add(at < properties.size() - 1 ? "," : "}");
        }
        parts.add(pick(SPACES, random));
        return parts;
    }

    private static List<String> property(String name, String value, Random random) {
        return List.of(
                pick(SPACES, random),
                name,
                pick(SPACES, random),
                ":",
                pick(SPACES, random),
                value,
                pick(SPACES, random));
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
