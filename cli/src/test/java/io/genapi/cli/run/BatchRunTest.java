package io.genapi.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.genapi.cli.client.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an HTTP server that answers as a gateway does, and counts what is submitted to it. */
class BatchRunTest {

    private static final int JOBS = 40;

    @TempDir
    private Path directory;

    private final AtomicInteger submissions = new AtomicInteger();
    private volatile IntPredicate refused = _ -> false;
    private volatile boolean finished = true;
    private final Set<Integer> unconfirmed = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::submit);
        server.createContext("/v1/jobs/", this::job);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void writesOneResultForEachLineAndSubmitsNothingAgain() throws Exception {
        RunSummary first = run(new Quiet());
        assertEquals(JOBS, first.succeeded());
        assertEquals(ids(), customIdsInResults());
        RunSummary second = run(new Quiet());
        assertEquals(JOBS, second.succeeded());
        assertEquals(JOBS, submissions.get());
    }

    @Test
    void goesOnWithTheJobsOfAnInterruptedRun() throws Exception {
        finished = false;
        BatchRun interrupted = prepare(new Quiet());
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                var _ = interrupted.execute();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        });
        org.awaitility.Awaitility.await().until(() -> submissions.get() > 0);
        interrupted.stop();
        runner.join();
        finished = true;
        assertEquals(JOBS, run(new Quiet()).succeeded());
        assertEquals(JOBS, submissions.get());
        assertEquals(ids(), customIdsInResults());
    }

    @Test
    void doesNotRepeatASubmissionThatLandedUnconfirmed() throws Exception {
        unconfirmed.add(5);
        assertEquals(JOBS, run(new Quiet()).succeeded());
        assertEquals(JOBS, submissions.get());
    }

    @Test
    void refusesALineThatRanWithAnotherBody() throws Exception {
        run(new Quiet());
        Path file = directory.resolve("batch.jsonl");
        Files.writeString(file, Files.readString(file).replace("{\"n\":7}", "{\"n\":777}"));
        Gateway gateway =
                new Gateway(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.empty());
        BatchRun changed = BatchRun.prepare(gateway, file, out(), 7, new Quiet());
        InvalidBatchException refused = assertThrows(InvalidBatchException.class, changed::execute);
        assertTrue(String.valueOf(refused.getMessage()).contains("line 8 has another body"), refused.getMessage());
    }

    @Test
    void keepsARefusalAsTheLinesResult() throws Exception {
        refused = number -> number == 3;
        RunSummary summary = run(new Quiet());
        assertEquals(JOBS - 1, summary.succeeded());
        assertEquals(1, summary.failed());
        assertTrue(Files.readString(out()).contains("\"status_code\":404"));
    }

    private RunSummary run(RunListener listener) throws Exception {
        return prepare(listener).execute();
    }

    private BatchRun prepare(RunListener listener) throws IOException {
        String lines = IntStream.range(0, JOBS)
                .mapToObj(number -> "{\"custom_id\":\"c%d\",\"body\":{\"n\":%d}}".formatted(number, number))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(directory.resolve("batch.jsonl"), lines);
        Gateway gateway =
                new Gateway(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.empty());
        return BatchRun.prepare(gateway, file, out(), 7, listener);
    }

    private Path out() {
        return directory.resolve("out.jsonl");
    }

    private static List<String> ids() {
        return IntStream.range(0, JOBS)
                .mapToObj(number -> "c" + number)
                .sorted()
                .toList();
    }

    private List<String> customIdsInResults() throws IOException {
        return Files.readAllLines(out()).stream()
                .map(line -> line.replaceAll(".*\"custom_id\":\"(c\\d+)\".*", "$1"))
                .sorted()
                .toList();
    }

    private void submit(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number = Integer.parseInt(body.replaceAll("\\D", ""));
        submissions.incrementAndGet();
        if (refused.test(number)) {
            answer(exchange, 404, "{\"error\":{\"message\":\"no such model\"}}");
        } else {
            exchange.getResponseHeaders().set("Location", "/v1/jobs/job_" + number);
            int status = unconfirmed.remove(number) ? 503 : 202;
            answer(exchange, status, "{\"id\":\"job_%d\",\"status\":\"queued\"}".formatted(number));
        }
    }

    private void job(HttpExchange exchange) throws IOException {
        String result = finished ? ",\"http_status\":200,\"result\":{\"choices\":[]}" : "";
        answer(exchange, 200, "{\"id\":\"job\",\"request_id\":\"r\"" + result + "}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Watches and says nothing. */
    private static final class Quiet implements RunListener {
        @Override
        public void begin(long total, long succeeded, long failed) {}

        @Override
        public void finished(boolean succeeded) {}

        @Override
        public void end() {}
    }
}
