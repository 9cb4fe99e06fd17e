package io.genapi.simulator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.tls.Encryption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {

    private static VendorSimulator start(Encryption encryption) {
        return VendorSimulator.start(SimulatorOptions.PLAIN.withEncryption(encryption));
    }

    /** A client that trusts the simulator and nobody else. */
    private static HttpClient trusting(VendorSimulator simulator, Version version) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "simulator",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                simulator.certificatePem().orElseThrow().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().version(version).sslContext(context).build();
    }

    private static HttpRequest chat(VendorSimulator simulator, String extra) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUri() + "/chat/completions"))
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.ofString(
                        RawHttp.chatBody("one two").replace("{\"model\"", "{" + extra + "\"model\"")))
                .build();
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void speaksTheVersionThatItsClientPrefers(Version version) throws Exception {
        try (VendorSimulator simulator = start(Encryption.SELF_SIGNED);
                HttpClient client = trusting(simulator, version)) {
            assertTrue(simulator.baseUri().toString().startsWith("https://127.0.0.1:"));
            HttpResponse<String> answer = send(client, chat(simulator, ""));
            assertEquals(version, answer.version());
            assertEquals(
                    "You said: one two",
                    RawHttp.json(answer).at("/choices/0/message/content").stringValue());
            assertTrue(send(client, chat(simulator, "\"stream\":true,")).body().contains("[DONE]"));
        }
    }

    @Test
    void answersManyCallsOverOneConnectionOfHttp2() throws Exception {
        try (VendorSimulator simulator = start(Encryption.SELF_SIGNED);
                HttpClient client = trusting(simulator, Version.HTTP_2)) {
            assertEquals(200, send(client, chat(simulator, "")).statusCode());
            simulator.hold();
            List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
            for (int call = 0; call < 50; call++) {
                calls.add(client.sendAsync(chat(simulator, ""), BodyHandlers.ofString()));
            }
            await().until(() -> simulator.statistics().inFlight() == 50);
            simulator.release();
            for (CompletableFuture<HttpResponse<String>> call : calls) {
                assertEquals(200, call.get().statusCode());
            }
            assertEquals(1, simulator.statistics().connections());
        }
    }

    @Test
    void breaksAStreamOfHttp2AndKeepsItsConnection() throws Exception {
        try (VendorSimulator simulator = start(Encryption.SELF_SIGNED);
                HttpClient client = trusting(simulator, Version.HTTP_2)) {
            simulator.failNext(new Fault.CloseBeforeHeaders());
            simulator.failNext(new Fault.TruncatedBody());
            assertThrows(IOException.class, () -> send(client, chat(simulator, "")));
            assertThrows(IOException.class, () -> send(client, chat(simulator, "")));
            assertEquals(200, send(client, chat(simulator, "")).statusCode());
            assertEquals(1, simulator.statistics().connections());
        }
    }

    @Test
    void noticesThatTheClientOfAStreamOfHttp2Left() throws Exception {
        try (VendorSimulator simulator = start(Encryption.SELF_SIGNED);
                HttpClient client = trusting(simulator, Version.HTTP_2)) {
            simulator.failNext(new Fault.Hang());
            CompletableFuture<HttpResponse<String>> call =
                    client.sendAsync(chat(simulator, ""), BodyHandlers.ofString());
            await().until(() -> simulator.statistics().inFlight() == 1);
            call.cancel(true);
            await().until(() -> simulator.statistics().abortedByClient() == 1);
        }
    }

    @Test
    void showsACertificateThatHasExpired() throws Exception {
        try (VendorSimulator simulator = start(Encryption.EXPIRED);
                HttpClient client = trusting(simulator, Version.HTTP_2)) {
            SSLHandshakeException refused =
                    assertThrows(SSLHandshakeException.class, () -> send(client, chat(simulator, "")));
            Throwable root = refused;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            assertInstanceOf(CertificateExpiredException.class, root);
        }
    }

    @Test
    void showsACertificateForAnotherHost() throws Exception {
        try (VendorSimulator simulator = start(Encryption.WRONG_HOST);
                HttpClient client = trusting(simulator, Version.HTTP_2)) {
            assertThrows(SSLHandshakeException.class, () -> send(client, chat(simulator, "")));
        }
    }

    @Test
    void isNotTrustedByWhoWasNotToldTo() {
        try (VendorSimulator simulator = start(Encryption.SELF_SIGNED);
                HttpClient client = HttpClient.newHttpClient()) {
            assertThrows(SSLHandshakeException.class, () -> send(client, chat(simulator, "")));
            assertEquals(0, simulator.statistics().total());
        }
    }

    @Test
    void cutsHandshakesUntilItIsToldNotTo() throws Exception {
        try (VendorSimulator simulator = start(Encryption.SELF_SIGNED);
                HttpClient client = trusting(simulator, Version.HTTP_1_1)) {
            simulator.change(now -> now.withCutHandshakes(true));
            assertThrows(IOException.class, () -> send(client, chat(simulator, "")));
            assertTrue(simulator.statistics().connections() > 0);
            assertFalse(simulator.statistics().total() > 0);
            simulator.change(now -> now.withCutHandshakes(false));
            assertEquals(200, send(client, chat(simulator, "")).statusCode());
        }
    }
}
