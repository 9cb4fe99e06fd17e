package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files and batches over HTTP, as any client without an SDK asks for them. */
final class Batches {

    private static final Set<String> ENDS = Set.of("completed", "failed", "expired", "cancelled");
    private static final String BOUNDARY = "boundary7f3a";

    private Batches() {}

    /** A batch of so many requests; the question of each is the beginning, its number and a full stop. */
    static String start(Api api, String beginning, int requests) {
        return create(api, upload(api, lines(beginning, requests)));
    }

    /** The file of such a batch. */
    static String lines(String beginning, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(i -> """
                        {"custom_id":"line-%d","method":"POST","url":"/v1/chat/completions","body":%s}
                        """.formatted(i, Api.chatBody(Api.MODEL, beginning + i + ".")))
                .collect(Collectors.joining());
    }

    /** Returns the file's id. */
    static String upload(Api api, String content) {
        String form = String.join(
                "\r\n",
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"purpose\"",
                "",
                "batch",
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"",
                "",
                content,
                "--" + BOUNDARY + "--",
                "");
        Answer file = api.send(
                "POST",
                "/v1/files",
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "multipart/form-data; boundary=" + BOUNDARY);
        assertEquals(200, file.status(), file::toString);
        return file.json().path("id").asString();
    }

    /** Returns the batch's id. */
    static String create(Api api, String file) {
        Answer batch = api.post("/v1/batches", """
                {"input_file_id":"%s","endpoint":"/v1/chat/completions","completion_window":"24h"}""".formatted(file));
        assertEquals(200, batch.status(), batch::toString);
        return batch.json().path("id").asString();
    }

    /** The batch once it has ended, in whichever way. */
    static JsonNode ended(Api api, String id) {
        return seen(
                api, id, "it ends", batch -> ENDS.contains(batch.path("status").asString()));
    }

    /** The batch as soon as that is so. */
    static JsonNode seen(Api api, String id, String what, Predicate<JsonNode> condition) {
        JsonNode[] last = new JsonNode[1];
        Eventually.holds("of the batch " + id + ": " + what, () -> {
            Answer answer = api.get("/v1/batches/" + id);
            last[0] = answer.json();
            return answer.status() == 200 && condition.test(last[0]);
        });
        return last[0];
    }

    /** The lines of the file that the batch names in that field; none where it names none. */
    static List<JsonNode> results(Api api, JsonNode batch, String field) {
        return batch.hasNonNull(field)
                ? content(api, batch.path(field).asString())
                        .lines()
                        .map(JsonMapper.shared()::readTree)
                        .toList()
                : List.of();
    }

    /** What a file says. */
    static String content(Api api, String file) {
        Answer content = api.get("/v1/files/" + file + "/content");
        assertEquals(200, content.status(), content::toString);
        return content.text();
    }

    /** Each of so many requests, as {@link #start} makes them, is answered in one line. */
    static void assertAnswered(Api api, JsonNode batch, String beginning, int requests) {
        assertEquals("completed", batch.path("status").asString(), batch::toString);
        assertEquals(requests, batch.at("/request_counts/completed").asInt(), batch::toString);
        List<String> expected = IntStream.range(0, requests)
                .mapToObj(i -> "line-" + i + ": You said: " + beginning + i + ".")
                .sorted()
                .toList();
        List<String> answered = results(api, batch, "output_file_id").stream()
                .map(line -> line.path("custom_id").asString() + ": "
                        + line.at("/response/body/choices/0/message/content").asString())
                .sorted()
                .toList();
        assertEquals(expected, answered);
    }
}
