package io.genapi.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FilesTest {

    private static final Map<String, String> BATCH = Map.of("purpose", "batch");

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;
    private static RunningService other;
    private static Caller elsewhere;
    private static Path blobs;

    @BeforeAll
    static void start() throws Exception {
        blobs = data.resolve("blobs");
        Map<String, String> settings =
                Map.of("genapi.blob.directory", blobs.toString(), "genapi.gateway.batch.max-file-bytes", "100000");
        stack = new Stack(data.resolve("kafka"), settings);
        other = stack.startGateway(settings);
        caller = new Caller(stack.gateway().port());
        elsewhere = new Caller(other.port());
    }

    @AfterAll
    static void stop() {
        caller.close();
        elsewhere.close();
        other.close();
        stack.close();
    }

    private static JsonNode uploaded(String content) throws Exception {
        HttpResponse<String> response = caller.send(FormUpload.of(caller, content, BATCH));
        assertEquals(200, response.statusCode(), response::body);
        return Caller.json(response);
    }

    private static long blobs() throws IOException {
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void keepsAFileThatEveryGatewayKnowsAtOnce() throws Exception {
        JsonNode file = uploaded("line one\nline two\n");

        assertEquals("file", file.path("object").asString());
        assertEquals("in.jsonl", file.path("filename").asString());
        assertEquals("batch", file.path("purpose").asString());
        assertEquals("processed", file.path("status").asString());
        assertEquals(18, file.path("bytes").asInt());
        assertEquals(
                30 * 86_400,
                file.path("expires_at").asLong() - file.path("created_at").asLong());
        String id = file.path("id").asString();
        assertEquals(file, Caller.json(elsewhere.get("/v1/files/" + id)));
        assertEquals(
                "line one\nline two\n",
                elsewhere.get("/v1/files/" + id + "/content").body());
    }

    @Test
    void forgetsAFileThatIsDeleted() throws Exception {
        String id = uploaded("to be deleted").path("id").asString();
        long before = blobs();

        HttpResponse<String> deleted =
                elsewhere.send(elsewhere.request("/v1/files/" + id).DELETE());

        assertEquals(200, deleted.statusCode());
        assertTrue(Caller.json(deleted).path("deleted").asBoolean());
        assertEquals(before - 1, blobs());
        for (String path : List.of("/v1/files/" + id, "/v1/files/" + id + "/content")) {
            HttpResponse<String> gone = caller.get(path);
            assertEquals(404, gone.statusCode());
            assertEquals(
                    "invalid_request_error", Caller.error(gone).path("type").asString());
        }
        assertEquals(
                404, caller.send(caller.request("/v1/files/" + id).DELETE()).statusCode());
    }

    @Test
    void listsInPages() throws Exception {
        List<String> ids = List.of(
                uploaded("one").path("id").asString(),
                uploaded("two").path("id").asString(),
                uploaded("three").path("id").asString());

        JsonNode first = Caller.json(elsewhere.get("/v1/files?limit=2&purpose=batch"));
        assertEquals("list", first.path("object").asString());
        assertEquals(2, first.path("data").size());
        assertTrue(first.path("has_more").asBoolean());
        assertEquals(ids.getLast(), first.path("first_id").asString());
        JsonNode next = Caller.json(
                caller.get("/v1/files?limit=1&after=" + first.path("last_id").asString()));
        assertEquals(ids.getFirst(), next.path("data").get(0).path("id").asString());
        JsonNode oldest = Caller.json(caller.get("/v1/files?order=asc&limit=10000"));
        assertEquals(ids.getLast(), oldest.path("last_id").asString());
        assertEquals(
                0,
                Caller.json(caller.get("/v1/files?purpose=batch_output"))
                        .path("data")
                        .size());
        for (String query : List.of("limit=0", "limit=10001", "order=up", "after=file-0")) {
            assertEquals(400, caller.get("/v1/files?" + query).statusCode(), query);
        }
    }

    @Test
    void refusesWhatIsNoFileForBatchesAndKeepsNothingOfIt() throws Exception {
        long before = blobs();
        assertRefused(400, "purpose", FormUpload.of(caller, "x", Map.of("purpose", "fine-tune")));
        assertRefused(400, "purpose", FormUpload.of(caller, "x", Map.of()));
        assertRefused(
                400,
                "expires_after.seconds",
                FormUpload.of(
                        caller,
                        "x",
                        Map.of(
                                "purpose",
                                "batch",
                                "expires_after[anchor]",
                                "created_at",
                                "expires_after[seconds]",
                                "5")));
        assertRefused(413, "file", FormUpload.of(caller, "x".repeat(100_001), BATCH));
        assertRefused(413, "file", FormUpload.of(caller, "x".repeat(2_000_000), BATCH));
        assertRefused(
                415,
                "Content-Type",
                caller.request("/v1/files")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")));
        assertRefused(
                400,
                "file",
                caller.request("/v1/files")
                        .header("Content-Type", "multipart/form-data; boundary=abc")
                        .POST(BodyPublishers.ofString("no form")));
        assertEquals(before, blobs());
    }

    @Test
    void refusesAFileNameThatIsNone() throws Exception {
        assertRefused(
                400,
                "",
                caller.request("/v1/files")
                        .header("Content-Type", "multipart/form-data; boundary=abc")
                        .POST(
                                BodyPublishers.ofString(
                                        "--abc\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\0b\"\r\n\r\nx\r\n--abc--\r\n")));
    }

    private static void assertRefused(int status, String param, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = caller.send(request);
        assertEquals(status, response.statusCode(), response::body);
        assertEquals(param, Caller.error(response).path("param").asString(""));
    }

    @Test
    void keepsAFileAsLongAsItsCallerSays() throws Exception {
        JsonNode file = Caller.json(caller.send(FormUpload.of(
                caller,
                "x",
                Map.of("purpose", "batch", "expires_after[anchor]", "created_at", "expires_after[seconds]", "7200"))));

        assertEquals(
                7200, file.path("expires_at").asLong() - file.path("created_at").asLong());
    }

    @Test
    void makesOneFileOfAKeyAtWhicheverGateway() throws Exception {
        JsonNode first =
                Caller.json(caller.send(FormUpload.of(caller, "keyed", BATCH).header("Idempotency-Key", "file-key")));
        long before = blobs();

        HttpResponse<String> again =
                elsewhere.send(FormUpload.of(elsewhere, "keyed", BATCH).header("Idempotency-Key", "file-key"));
        HttpResponse<String> changed =
                elsewhere.send(FormUpload.of(elsewhere, "changed", BATCH).header("Idempotency-Key", "file-key"));

        assertEquals(first, Caller.json(again));
        assertEquals(422, changed.statusCode());
        assertEquals(before, blobs());
    }

    @Test
    void knowsItsFilesAfterARestart() throws Exception {
        String id = uploaded("to be known").path("id").asString();
        try (RunningService restarted = stack.startGateway(Map.of("genapi.blob.directory", blobs.toString()));
                Caller there = new Caller(restarted.port())) {
            assertEquals(
                    "to be known", there.get("/v1/files/" + id + "/content").body());
        }
    }

    @Test
    void saysThatThereIsNoPlaceForFiles() throws Exception {
        try (RunningService without = stack.startGateway(Map.of());
                Caller there = new Caller(without.port())) {
            HttpResponse<String> refused = there.get("/v1/files");
            assertEquals(501, refused.statusCode());
            assertTrue(refused.body().contains("genapi.blob.directory"), refused::body);
            assertFalse(there.get("/v1/batches").statusCode() == 200);
        }
        Awaitility.await().until(() -> caller.get("/health/ready").statusCode() == 200);
    }
}
