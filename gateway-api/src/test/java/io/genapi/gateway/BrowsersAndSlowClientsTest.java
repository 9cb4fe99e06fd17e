package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowsersAndSlowClientsTest {

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");
        stack = new Stack(
                data, Map.of("genapi.gateway.http.max-head-bytes", "4KB", "genapi.gateway.http.head-patience", "1s"));
        caller = new Caller(stack.gateway().port());
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void everyResponseSaysThatItIsDataAndNotToBeFramed() throws Exception {
        for (String path : new String[] {"/v1/models", "/v1/nothing", "/health", "/metrics"}) {
            HttpResponse<String> response = caller.get(path);
            assertEquals("nosniff", header(response, "X-Content-Type-Options"));
            assertEquals("DENY", header(response, "X-Frame-Options"));
            assertEquals("default-src 'none'; frame-ancestors 'none'", header(response, "Content-Security-Policy"));
        }
    }

    @Test
    void noPageMayCallItUnlessItsOriginIsNamed() throws Exception {
        HttpResponse<String> asked = caller.send(preflight(caller, "https://app.example"));
        assertEquals("", header(asked, "Access-Control-Allow-Origin"));
        assertEquals(
                "",
                header(
                        caller.send(caller.request("/v1/models").header("Origin", "https://app.example")),
                        "Access-Control-Allow-Origin"));
        try (RunningService gateway =
                        stack.startGateway(Map.of("genapi.gateway.http.cors-origins", "https://app.example"));
                Caller there = new Caller(gateway.port())) {
            HttpResponse<String> allowed = there.send(preflight(there, "https://app.example"));
            assertEquals(200, allowed.statusCode());
            assertEquals("https://app.example", header(allowed, "Access-Control-Allow-Origin"));
            assertEquals("authorization, content-type", header(allowed, "Access-Control-Allow-Headers"));
            assertEquals(
                    403, there.send(preflight(there, "https://evil.example")).statusCode());
            assertEquals(
                    "https://app.example",
                    header(
                            there.send(there.request("/v1/models").header("Origin", "https://app.example")),
                            "Access-Control-Allow-Origin"));
        }
        assertThrows(
                StartException.class,
                () -> stack.startGateway(Map.of("genapi.gateway.http.cors-origins", "app.example/path")));
    }

    /** As a page would whose name suddenly leads to this machine: for its browser, that is its own server. */
    @Test
    void noPageReachesAnOpenGatewayByANameOfItsOwn() throws Exception {
        String led = named(stack.gateway(), "evil.example", "/v1/jobs");
        assertTrue(led.startsWith("HTTP/1.1 421"), led);
        assertTrue(led.contains("\"code\":\"misdirected_request\"") && led.contains("'evil.example'"), led);
        assertTrue(named(stack.gateway(), "evil.example", "/health").contains("\"status\""));
        assertFalse(named(stack.gateway(), "evil.example", "/health").contains("\"details\""));
        for (String own : new String[] {"localhost", "127.0.0.1:1", "[::1]:80"}) {
            assertTrue(named(stack.gateway(), own, "/v1/models").startsWith("HTTP/1.1 200"), own);
        }
        try (RunningService advertised =
                        stack.startGateway(Map.of("genapi.advertised-url", "http://box.example:8080"));
                RunningService open = stack.startGateway(Map.of("genapi.gateway.open", "true"))) {
            assertTrue(named(advertised, "box.example", "/v1/models").startsWith("HTTP/1.1 200"));
            assertTrue(named(advertised, "evil.example", "/v1/models").startsWith("HTTP/1.1 421"));
            assertTrue(named(open, "evil.example", "/v1/models").startsWith("HTTP/1.1 200"));
        }
    }

    private static String named(RunningService gateway, String host, String path) throws IOException {
        try (Wire wire = new Wire(gateway.port())) {
            wire.send("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
            return wire.rest();
        }
    }

    private static HttpRequest.Builder preflight(Caller caller, String origin) {
        return caller.request("/v1/chat/completions")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization, content-type");
    }

    @Test
    void headersThatAreTooLargeOrTooManyAreRefusedInTheEnvelope() throws Exception {
        HttpResponse<String> large = caller.send(caller.request("/v1/models").header("X-Large", "x".repeat(5_000)));
        assertEquals(400, large.statusCode());
        assertEquals("invalid_request", error(large).path("code").asString());
        HttpRequest.Builder many = caller.request("/v1/models");
        for (int header = 0; header < 120; header++) {
            many.header("X-" + header, "1");
        }
        assertEquals(400, caller.send(many).statusCode());
        assertEquals(200, caller.send(caller.chat(body("gpt-4o", "nonce-1"))).statusCode());
    }

    /** Each byte comes in time, but never the last one. */
    @Test
    void whoNeverEndsItsHeadersLosesItsConnection() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stack.gateway().port())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isGone(socket, out));
        }
    }

    private static boolean isGone(Socket socket, OutputStream out) {
        try {
            out.write('x');
            out.flush();
            socket.setSoTimeout(100);
            InputStream in = socket.getInputStream();
            return in.read() < 0;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException gone) {
            return true;
        }
    }
}
