package io.genapi.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.Outage;
import io.genapi.simulator.journal.RecordedCall;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class FaultsTest {

    private final VendorSimulator simulator = VendorSimulator.start();
    private final RawHttp http = new RawHttp(simulator);

    @AfterEach
    void close() {
        http.close();
        simulator.close();
    }

    private String rawChat(String extra) throws IOException {
        return RawHttp.drain(openChat(extra));
    }

    private Socket openChat(String extra) throws IOException {
        String body = RawHttp.chatBody("one two three").replace("{\"model\"", "{" + extra + "\"model\"");
        return http.socket("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body));
    }

    private RecordedCall onlyCall() {
        await().until(() -> simulator.statistics().inFlight() == 0);
        return simulator.calls().getFirst();
    }

    @Test
    void closesBeforeTheHeaders() throws IOException {
        simulator.failNext(new Fault.CloseBeforeHeaders());
        assertEquals("", rawChat(""));
        assertEquals(OptionalInt.empty(), onlyCall().status());
        assertFalse(onlyCall().abortedByClient());
        assertEquals(1, simulator.statistics().unanswered());
    }

    @Test
    void closesAfterTheHeaders() throws IOException {
        simulator.failNext(new Fault.CloseAfterHeaders(), 2);
        assertTrue(rawChat("").endsWith("\r\n\r\n"));
        String stream = rawChat("\"stream\":true,");
        assertTrue(stream.startsWith("HTTP/1.1 200") && stream.endsWith("\r\n\r\n"), stream);
        assertFalse(stream.contains("data:"), stream);
    }

    @Test
    void truncatesABody() throws IOException {
        simulator.failNext(new Fault.TruncatedBody(), 2);
        assertFalse(rawChat("").endsWith("}"));
        String stream = rawChat("\"stream\":true,");
        assertTrue(stream.contains("data:") && !stream.contains("[DONE]"), stream);
        assertThrows(IOException.class, () -> {
            simulator.failNext(new Fault.TruncatedBody());
            http.chat("a client notices");
        });
    }

    @Test
    void breaksItsJson() throws Exception {
        simulator.failNext(new Fault.MalformedJson());
        HttpResponse<String> response = http.chat("hi");
        assertEquals(200, response.statusCode());
        assertThrows(JacksonException.class, () -> RawHttp.json(response));
    }

    @Test
    void noticesThatTheClientOfAHangingCallLeft() throws IOException {
        simulator.failNext(new Fault.Hang());
        try (Socket _ = openChat("")) {
            await().until(() -> simulator.statistics().inFlight() == 1);
        }
        assertTrue(onlyCall().abortedByClient());
        assertEquals(1, simulator.statistics().abortedByClient());
    }

    @Test
    void noticesThatTheClientOfAHeldCallLeft() throws IOException {
        simulator.hold();
        try (Socket _ = openChat("\"stream\":true,")) {
            await().until(() -> simulator.statistics().inFlight() == 1);
        }
        assertTrue(onlyCall().abortedByClient());
    }

    @Test
    void followsItsScriptInOrderAndThenBehaves() throws Exception {
        simulator.failNext(new Fault.None());
        simulator.failNext(new Fault.Status(503));
        simulator.failNext(new Fault.Status(418));
        assertEquals(200, http.chat("1").statusCode());
        assertEquals(503, http.chat("2").statusCode());
        assertEquals(418, http.chat("3").statusCode());
        assertEquals(200, http.chat("4").statusCode());
    }

    @Test
    void sparesRefusalsAndModelListsItsFaults() throws Exception {
        simulator.failNext(new Fault.Status(503));
        assertEquals(200, http.send("GET", "/v1/models", "").statusCode());
        assertEquals(400, http.send("POST", RawHttp.CHAT, "rubbish").statusCode());
        assertEquals(503, http.chat("now").statusCode());
    }

    @Test
    void givesTheNthCallOfASeedTheSameFate() throws Exception {
        simulator.change(now -> now.withErrorRate(0.5, 500, 503));
        try (VendorSimulator twin = VendorSimulator.start(SimulatorOptions.PLAIN.withBehaviour(simulator.behaviour()));
                RawHttp twinHttp = new RawHttp(twin)) {
            for (int call = 0; call < 40; call++) {
                assertEquals(http.chat("hi").statusCode(), twinHttp.chat("hi").statusCode());
            }
        }
        assertEquals(3, simulator.statistics().byStatus().size());
    }

    @Test
    void closesCallsInFlightWhenItCloses() throws IOException {
        simulator.failNext(new Fault.Hang());
        try (Socket socket = openChat("")) {
            await().until(() -> simulator.statistics().inFlight() == 1);
            simulator.close();
            assertEquals(-1, socket.getInputStream().read());
        }
        await().until(() -> simulator.statistics().inFlight() == 0);
    }

    @Test
    void fallsSilentAfterItsHeaders() throws IOException {
        simulator.failNext(new Fault.HangAfterHeaders());
        try (Socket socket = openChat("")) {
            assertTrue(new String(socket.getInputStream().readNBytes(15), UTF_8).startsWith("HTTP/1.1 200 OK"));
            assertEquals(1, simulator.statistics().inFlight());
        }
        assertTrue(onlyCall().abortedByClient());
        assertEquals(OptionalInt.of(200), onlyCall().status());
    }

    @Test
    void dripsItsAnswerWhole() throws Exception {
        simulator.failNext(new Fault.SlowDrip(Duration.ofNanos(1_000)), 2);
        assertEquals(
                "You said: hi",
                RawHttp.json(http.chat("hi")).at("/choices/0/message/content").stringValue());
        String streaming = RawHttp.chatBody("hi").replace("{\"model\"", "{\"stream\":true,\"model\"");
        assertTrue(http.send("POST", RawHttp.CHAT, streaming).body().contains("[DONE]"));
    }

    @Test
    void answersWithThePageOfAProxy() throws Exception {
        simulator.failNext(new Fault.WrongContentType());
        HttpResponse<String> response = http.chat("hi");
        assertEquals(200, response.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                response.headers().firstValue("content-type").orElseThrow());
        assertTrue(response.body().startsWith("<!DOCTYPE html>"), response.body());
    }

    @Test
    void isOutUntilTheOutageIsForgottenAndThenFollowsItsScript() throws Exception {
        simulator.failNext(new Fault.Status(418));
        simulator.plan(new Outage(Duration.ZERO, Duration.ofHours(1), new Fault.Status(503)));
        assertEquals(503, http.chat("1").statusCode());
        assertEquals(503, http.chat("2").statusCode());
        simulator.forgetOutages();
        assertEquals(418, http.chat("3").statusCode());
        assertEquals(200, http.chat("4").statusCode());
    }

    @Test
    void countsConnectionsAndNotCalls() throws Exception {
        for (int call = 0; call < 5; call++) {
            assertEquals(200, http.chat("hi").statusCode());
        }
        assertEquals(1, simulator.statistics().connections());
        assertEquals(1, simulator.statistics().openConnections());
        try (Socket _ = openChat("")) {
            await().until(() -> simulator.statistics().openConnections() == 2);
        }
        await().until(() -> simulator.statistics().openConnections() == 1);
        assertEquals(2, simulator.statistics().connections());
    }
}
