package io.genapi.systemtests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The line between clients and a gateway, with a stand-in for the gateway that can be made to err. */
class RecordedLineTest {

    private static final String DOCUMENT = """
            {"paths": {"/things": {"get": {"operationId": "listThings", "responses": {"200": {"content": {
               "application/json": {"schema": {"$ref": "#/components/schemas/Things"}}}}}}}},
             "components": {"schemas": {"Things": {"type": "array"}, "Error": {"type": "object"}}}}
            """;

    private final HttpServer gateway;
    private final RecordedLine line;
    private volatile String answer = "[]";

    RecordedLineTest() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/openapi.json", exchange -> respond(exchange, DOCUMENT));
        gateway.createContext("/things", exchange -> respond(exchange, answer));
        gateway.start();
        line = new RecordedLine(
                URI.create("http://127.0.0.1:" + gateway.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        line.close();
        gateway.stop(0);
    }

    private static void respond(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(line.address().resolve(path)).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void handsOnWhatIsAsTheDocumentSays() throws Exception {
        HttpResponse<String> response = get("/things");

        assertEquals("[]", response.body());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(List.of(), line.problems());
        assertEquals(Set.of("listThings 200"), line.seen());
    }

    @Test
    void tellsOfWhatIsNot() throws Exception {
        answer = "{}";
        assertEquals("{}", get("/things").body());
        get("/things?other=1");

        List<String> problems = line.problems();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains("not as its schema says"), problems::toString);
        assertTrue(problems.getLast().contains("other"), problems::toString);
        assertEquals(List.of(), line.problems(), "each is told once");
    }
}
