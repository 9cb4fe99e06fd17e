package io.genapi.gateway;

import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.StreamingWorker.chunk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.job.TenantId;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {

    private static final RunId FIRST = new RunId("00000001");
    private static final RunId SECOND = new RunId("00000002");

    @TempDir
    static Path data;

    private static Stack stack;
    private static StreamingWorker worker;
    private static Caller caller;

    private final List<StreamReader> readers = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(
                data,
                Map.of(
                        "genapi.gateway.lookup-patience", "1s",
                        "genapi.gateway.safety-net", "2s",
                        "genapi.gateway.stream.buffer", "4KB"));
        worker = new StreamingWorker(stack.kafka().bootstrapServers());
        caller = new Caller(stack.gateway().port());
        await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        worker.close();
        stack.close();
    }

    @AfterEach
    void close() {
        readers.forEach(StreamReader::close);
    }

    @Test
    void sendsEachPieceAsItComesAndTheEnd() throws Exception {
        StreamReader reader = submit("nonce-live");
        JobRequest job = held("nonce-live");
        for (long seq = 0; seq < 3; seq++) {
            worker.pieces(job, FIRST, seq, seq + 1);
            long count = seq + 1;
            await().until(() -> reader.data().size() == count);
        }
        worker.succeed(job, FIRST, 3);

        assertEquals(
                List.of(
                        "id: 00000001-0",
                        "data: " + chunk(FIRST, 0),
                        "id: 00000001-1",
                        "data: " + chunk(FIRST, 1),
                        "id: 00000001-2",
                        "data: " + chunk(FIRST, 2),
                        "data: [DONE]"),
                reader.allLines());
        assertEquals(200, reader.response().statusCode());
        assertEquals("text/event-stream;charset=utf-8", header(reader.response(), "Content-Type"));
        assertEquals("no-cache", header(reader.response(), "Cache-Control"));
        assertEquals("no", header(reader.response(), "X-Accel-Buffering"));
        assertEquals(job.id(), reader.job());
        assertTrue(job.awaited());
    }

    @Test
    void sendsEachPieceOnceWhateverComesTwiceOrAfterTheEnd() throws Exception {
        StreamReader reader = submit("nonce-twice");
        JobRequest job = held("nonce-twice");
        worker.pieces(job, FIRST, 0, 2);
        worker.pieces(job, FIRST, 0, 2);
        worker.succeed(job, FIRST, 4);
        worker.pieces(job, FIRST, 1, 3);
        worker.piece(job, FIRST, 3, true, chunk(FIRST, 3).replaceFirst(",", ",\n"));

        assertEquals(
                List.of(
                        chunk(FIRST, 0),
                        chunk(FIRST, 1),
                        chunk(FIRST, 2),
                        chunk(FIRST, 3).replaceFirst(",", ", "),
                        "[DONE]"),
                reader.allData());
    }

    @Test
    void anEarlyFailureIsAnErrorWithItsOwnStatus() throws Exception {
        HttpResponse<String> response = caller.send(caller.chat(body("failing", "nonce-early")));
        assertEquals(429, response.statusCode());
        assertEquals("application/json", header(response, "Content-Type"));
        assertEquals("rate_limited", error(response).get("code").asString());
        assertEquals("false", header(response, "x-should-retry"));
    }

    @Test
    void aFailureInMidStreamIsTheLastEvent() throws Exception {
        StreamReader reader = submit("nonce-broken");
        JobRequest job = held("nonce-broken");
        worker.pieces(job, FIRST, 0, 1);
        worker.fail(job, Optional.of(new PublishedRun(FIRST, 2)));
        worker.pieces(job, FIRST, 1, 2);

        List<String> data = reader.allData();
        assertEquals(3, data.size(), data::toString);
        assertTrue(data.getLast().startsWith("{\"error\":"), data::toString);
        assertTrue(data.getLast().contains("\"code\":\"stream_interrupted\""), data::toString);
    }

    @Test
    void anAnswerInOnePieceComesAsOneChunk() throws Exception {
        StreamReader reader = new StreamReader(caller.chat(body("gpt-4o", "nonce-whole")));
        readers.add(reader);
        List<String> data = reader.allData();
        assertEquals(2, data.size(), data::toString);
        assertTrue(data.getFirst().contains("\"delta\":{"), data::toString);
        assertTrue(data.getFirst().contains("nonce-whole"), data::toString);
        assertEquals("[DONE]", data.getLast());
    }

    @Test
    void anotherRunEndsTheStream() throws Exception {
        StreamReader reader = submit("nonce-rerun");
        JobRequest job = held("nonce-rerun");
        worker.pieces(job, FIRST, 0, 2);
        worker.pieces(job, SECOND, 0, 1);

        List<String> data = reader.allData();
        assertEquals(3, data.size(), data::toString);
        assertTrue(data.getLast().contains("\"code\":\"stream_interrupted\""), data::toString);
        assertTrue(data.getLast().contains("/v1/jobs/" + job.id()), data::toString);
    }

    @Test
    void anotherRunBeginsAnewForWhoAgreed() throws Exception {
        StreamReader reader =
                new StreamReader(caller.chat(streamed("nonce-reset")).header("Genapi-Stream-Restart", "reset"));
        readers.add(reader);
        JobRequest job = held("nonce-reset");
        worker.pieces(job, FIRST, 0, 2);
        worker.pieces(job, SECOND, 0, 1);
        worker.succeed(job, SECOND, 1);

        assertEquals(
                List.of(
                        "id: 00000001-0",
                        "data: " + chunk(FIRST, 0),
                        "id: 00000001-1",
                        "data: " + chunk(FIRST, 1),
                        "event: reset",
                        "data: {\"run\":\"00000002\"}",
                        "id: 00000002-0",
                        "data: " + chunk(SECOND, 0),
                        "data: [DONE]"),
                reader.allLines());
    }

    @Test
    void aReaderThatLagsBehindMissesNothing() throws Exception {
        String pad = "x".repeat(100_000);
        int pieces = 200;
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stack.gateway().port())) {
            String body = streamed("nonce-slow");
            OutputStream out = socket.getOutputStream();
            // HTTP/1.0 knows no chunks, whose borders may lie in the midst of a line.
            out.write(("POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(UTF_8));
            JobRequest job = held("nonce-slow");
            for (int seq = 0; seq < pieces; seq++) {
                worker.piece(job, FIRST, seq, seq == pieces - 1, "{\"n\":" + seq + ",\"pad\":\"" + pad + "\"}");
            }
            worker.succeed(job, FIRST, pieces);

            List<String> ids = new String(socket.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("id: ") || line.startsWith("data: [DONE]"))
                    .toList();
            List<String> expected = new ArrayList<>();
            LongStream.range(0, pieces).forEach(seq -> expected.add("id: 00000001-" + seq));
            expected.add("data: [DONE]");
            assertEquals(expected, ids);
        }
    }

    @Test
    void theJobOfACallerThatGoesAwayIsCancelled() throws Exception {
        StreamReader early = submit("nonce-left-early");
        JobRequest unanswered = held("nonce-left-early");
        early.close();
        StreamReader late = submit("nonce-left-late");
        JobRequest answered = held("nonce-left-late");
        worker.pieces(answered, FIRST, 0, 1);
        await().until(() -> late.data().size() == 1);
        late.close();
        StreamReader plain = new StreamReader(caller.chat(Caller.body("held", "nonce-left-plain")));
        JobRequest awaited = held("nonce-left-plain");
        plain.close();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> stack.cancelled().containsAll(List.of(unanswered.id(), answered.id(), awaited.id())));
    }

    @Test
    void anAsyncJobIsFollowedFromItsBeginningOrFromWhereOneWas() throws Exception {
        HttpResponse<String> accepted =
                caller.send(caller.chat(streamed("nonce-async")).header("Prefer", "respond-async"));
        assertEquals(202, accepted.statusCode());
        JobRequest job = held("nonce-async");
        running(job.id());
        worker.pieces(job, FIRST, 0, 3);

        StreamReader whole = follow(stack.gateway(), job.id(), "");
        StreamReader rest = follow(stack.gateway(), job.id(), "00000001-1");
        await().until(() -> whole.data().size() == 3 && rest.data().size() == 1);
        worker.pieces(job, FIRST, 3, 4);
        await().until(() -> whole.data().size() == 4 && rest.data().size() == 2);
        worker.succeed(job, FIRST, 4);

        assertEquals("[DONE]", whole.allData().getLast());
        assertEquals(List.of("id: 00000001-2", "id: 00000001-3"), rest.ids());
        assertEquals("[DONE]", rest.allData().getLast());
        succeeded(job.id());
        assertEquals(5, follow(stack.gateway(), job.id(), "").allData().size());
        assertEquals(
                List.of("[DONE]"),
                follow(stack.gateway(), job.id(), "00000001-3").allData());
    }

    @Test
    void aFollowerGetsTheRunThatCountsAlone() throws Exception {
        JobRequest job = async("nonce-runs");
        worker.pieces(job, FIRST, 0, 5);
        worker.pieces(job, SECOND, 0, 2);

        StreamReader reader = follow(stack.gateway(), job.id(), "");
        await().until(() -> reader.data().size() == 2);
        worker.pieces(job, FIRST, 5, 6);
        worker.succeed(job, SECOND, 2);
        assertEquals(List.of(chunk(SECOND, 0), chunk(SECOND, 1), "[DONE]"), reader.allData());

        HttpResponse<String> over = caller.send(caller.request(path(job.id())).header("Last-Event-ID", "00000001-3"));
        assertEquals(409, over.statusCode());
        assertEquals("stream_interrupted", error(over).get("code").asString());
        List<String> anew = new StreamReader(caller.request(path(job.id()))
                        .header("Last-Event-ID", "00000001-3")
                        .header("Genapi-Stream-Restart", "reset"))
                .allData();
        assertEquals(List.of("{\"run\":\"00000002\"}", chunk(SECOND, 0), chunk(SECOND, 1), "[DONE]"), anew);
    }

    @Test
    void whatCannotBeStreamedIsToldWithAStatus() throws Exception {
        assertEquals(404, caller.get("/v1/jobs/nonsense/stream").statusCode());
        assertEquals(
                404,
                caller.get("/v1/jobs/job_01jzzzzzzzzzzzzzzzzzzzzzzz/stream").statusCode());

        JobRequest gone = async("nonce-gone");
        worker.pieces(gone, FIRST, 3, 5);
        worker.succeed(gone, FIRST, 5);
        succeeded(gone.id());
        HttpResponse<String> lost = caller.get(path(gone.id()));
        assertEquals(410, lost.statusCode());
        assertEquals("stream_gone", error(lost).get("code").asString());
        assertTrue(error(lost).get("message").asString().contains("GET /v1/jobs/" + gone.id()));
        assertEquals(
                List.of(chunk(FIRST, 4), "[DONE]"),
                follow(stack.gateway(), gone.id(), "00000001-3").allData());

        HttpResponse<String> malformed =
                caller.send(caller.request(path(gone.id())).header("Last-Event-ID", "17"));
        assertEquals(400, malformed.statusCode());
        assertEquals("Last-Event-ID", error(malformed).get("param").asString());
        HttpResponse<String> unknown =
                caller.send(caller.request(path(gone.id())).header("Genapi-Stream-Restart", "maybe"));
        assertEquals(400, unknown.statusCode());

        HttpResponse<String> whole = caller.send(caller.chat(Caller.body("gpt-4o", "nonce-plain")));
        JobId plain = new JobId(header(whole, "Genapi-Job-Id"));
        HttpResponse<String> notStreamed = caller.get(path(plain));
        assertEquals(409, notStreamed.statusCode());
        assertEquals("job_not_streamed", error(notStreamed).get("code").asString());

        HttpResponse<String> failed = caller.send(caller.chat(Caller.body("failing", "nonce-plain")));
        HttpResponse<String> itsError = caller.get(path(new JobId(header(failed, "Genapi-Job-Id"))));
        assertEquals(429, itsError.statusCode());
        assertEquals("rate_limited", error(itsError).get("code").asString());
    }

    @Test
    void aStreamGoesOnWhoeverOwnsItsPartition() throws Exception {
        int streams = 12;
        List<StreamReader> callers = new ArrayList<>();
        List<JobRequest> jobs = new ArrayList<>();
        for (int number = 0; number < streams; number++) {
            callers.add(submit("nonce-move-" + number + "-"));
            jobs.add(held("nonce-move-" + number + "-"));
            worker.pieces(jobs.getLast(), FIRST, 0, 2);
        }
        for (StreamReader reader : callers) {
            await().until(() -> reader.data().size() == 2);
        }
        List<StreamReader> followers = new ArrayList<>();
        try (RunningService other = stack.startGateway(Map.of("genapi.gateway.drain", "1s"))) {
            await().until(() -> other.part(io.genapi.gateway.reply.PartitionOwnership.class)
                            .owned()
                            .size()
                    == 2);
            for (JobRequest job : jobs) {
                running(job.id());
                followers.add(follow(other, job.id(), "00000001-0"));
                worker.pieces(job, FIRST, 2, 4);
            }
            for (int number = 0; number < streams; number++) {
                StreamReader reader = callers.get(number);
                StreamReader follower = followers.get(number);
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    assertEquals(4, reader.data().size(), reader.lines()::toString);
                    assertEquals(3, follower.data().size(), follower.lines()::toString);
                });
            }
        }
        for (StreamReader follower : followers) {
            assertTrue(follower.allData().getLast().contains("\"code\":\"gateway_stopping\""));
            assertTrue(follower.allData().getLast().contains("Last-Event-ID"));
        }
        for (JobRequest job : jobs) {
            worker.pieces(job, FIRST, 4, 5);
            worker.succeed(job, FIRST, 5);
        }
        for (int number = 0; number < streams; number++) {
            assertEquals(
                    List.of("0", "1", "2", "3", "4"),
                    callers.get(number).allData().stream()
                            .filter(text -> text.startsWith("{"))
                            .map(text -> text.replaceAll(".*/|\"}", ""))
                            .toList());
            assertEquals("[DONE]", callers.get(number).data().getLast());
        }
    }

    @Test
    void streamsOfOneIdempotencyKeyAllGetItsPiecesFromTheBeginning() throws Exception {
        StreamReader first = submitKeyed("nonce-keyed");
        JobRequest job = held("nonce-keyed");
        worker.pieces(job, FIRST, 0, 2);
        await().until(() -> first.data().size() == 2);
        StreamReader second = submitKeyed("nonce-keyed");
        await().until(() -> second.data().size() == 2);
        worker.pieces(job, FIRST, 2, 3);
        worker.succeed(job, FIRST, 3);
        List<String> all = List.of(chunk(FIRST, 0), chunk(FIRST, 1), chunk(FIRST, 2), "[DONE]");
        assertEquals(all, first.allData());
        assertEquals(all, second.allData());

        succeeded(job.id());
        StreamReader late = submitKeyed("nonce-keyed");
        assertEquals(all, late.allData());
        for (StreamReader reader : List.of(first, second, late)) {
            assertEquals(JobId.ofKey(TenantId.DEFAULT, "nonce-keyed"), reader.job());
        }
        assertEquals(
                1,
                stack.worker().seen().stream()
                        .filter(record -> new String(record.value(), UTF_8).contains("nonce-keyed"))
                        .count());
    }

    @Test
    void aRetryIsStreamedAnewIfTheJobOfItsFirstTryIsCancelledBeforeAPieceCame() throws Exception {
        StreamReader first = submit("nonce-lost");
        JobRequest job = held("nonce-lost");
        StreamReader retry =
                new StreamReader(caller.chat(streamed("nonce-lost")).header("X-Stainless-Retry-Count", "1"));
        readers.add(retry);
        await().until(() -> stack.attached().contains(job.id()));
        worker.cancel(job);

        await().until(() -> find("nonce-lost", job.id()).isPresent());
        JobRequest anew = find("nonce-lost", job.id()).orElseThrow();
        worker.pieces(anew, FIRST, 0, 2);
        worker.succeed(anew, FIRST, 2);
        assertEquals(List.of(chunk(FIRST, 0), chunk(FIRST, 1), "[DONE]"), retry.allData());
        assertEquals(anew.id(), retry.job());
        assertEquals(499, first.response().statusCode());
    }

    private StreamReader submitKeyed(String nonce) {
        StreamReader reader = new StreamReader(caller.chat(streamed(nonce)).header("Idempotency-Key", nonce));
        readers.add(reader);
        return reader;
    }

    private StreamReader submit(String nonce) {
        StreamReader reader = new StreamReader(caller.chat(streamed(nonce)));
        readers.add(reader);
        return reader;
    }

    private static JobRequest async(String nonce) throws Exception {
        assertEquals(
                202,
                caller.send(caller.chat(streamed(nonce)).header("Prefer", "respond-async"))
                        .statusCode());
        JobRequest job = held(nonce);
        running(job.id());
        return job;
    }

    private StreamReader follow(RunningService gateway, JobId id, String lastEventId) {
        try (Caller other = new Caller(gateway.port())) {
            var request = other.request(path(id));
            StreamReader reader =
                    new StreamReader(lastEventId.isEmpty() ? request : request.header("Last-Event-ID", lastEventId));
            readers.add(reader);
            return reader;
        }
    }

    private static String path(JobId id) {
        return "/v1/jobs/" + id + "/stream";
    }

    private static String streamed(String nonce) {
        return body("held", nonce);
    }

    private static String body(String model, String nonce) {
        String body = Caller.body(model, nonce);
        return body.substring(0, body.length() - 1) + ",\"stream\":true}";
    }

    private static JobRequest held(String nonce) {
        await().until(() -> find(nonce).isPresent());
        return find(nonce).orElseThrow();
    }

    private static Optional<JobRequest> find(String nonce) {
        return stack.worker().held().stream()
                .filter(job -> new String(job.body(), UTF_8).contains(nonce))
                .findFirst();
    }

    private static Optional<JobRequest> find(String nonce, JobId otherThan) {
        return stack.worker().held().stream()
                .filter(job -> new String(job.body(), UTF_8).contains(nonce)
                        && !job.id().equals(otherThan))
                .findFirst();
    }

    private static void running(JobId id) {
        stack.store().put(id.value(), JobSamples.running(id));
    }

    private static void succeeded(JobId id) {
        stack.store().put(id.value(), JobSamples.succeeded(id, Instant.now()));
    }
}
