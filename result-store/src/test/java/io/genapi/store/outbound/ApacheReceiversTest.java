package io.genapi.store.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.net.BoundedResolver;
import io.genapi.runtime.net.HostResolver;
import io.genapi.runtime.webhook.ReceiverHosts;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.runtime.webhook.ReceiverSettings;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.simulator.receiver.Reaction;
import io.genapi.simulator.receiver.ReceivedWebhook;
import io.genapi.simulator.receiver.WebhookReceiver;
import io.genapi.simulator.tls.Encryption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApacheReceiversTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration IMPATIENT = Duration.ofMillis(400);
    private static final Duration REST = Duration.ofMillis(300);
    private static final byte[] BODY = "{\"é\":1}".getBytes(UTF_8);
    private static final HostResolver HERE = _ -> List.of(InetAddress.getLoopbackAddress());

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.add(one);
        return one;
    }

    private WebhookReceiver receiver() throws IOException {
        return closing(WebhookReceiver.start());
    }

    private RawServer raw(String head, String drip) throws IOException {
        return closing(new RawServer(head, () -> drip, 20));
    }

    private ApacheReceivers receivers(HostResolver resolver, Duration limit, X509Certificate... authorities) {
        return receivers(resolver, limit, 10, PATIENT, authorities);
    }

    private ApacheReceivers receivers(
            HostResolver resolver,
            Duration limit,
            int connections,
            Duration connectTimeout,
            X509Certificate... authorities) {
        ReceiverSettings settings = new ReceiverSettings(List.of(), List.of(), true);
        ReceiverHosts hosts = new ReceiverHosts(ReceiverPolicy.of(settings, "127.0.0.1"), resolver);
        return closing(new ApacheReceivers(
                new ReceiverClients(hosts, List.of(authorities), connections, connectTimeout),
                new ApacheReceivers.Limits(limit, REST),
                InstantSource.system(),
                System::nanoTime));
    }

    private static Outcome post(ApacheReceivers receivers, URI url) throws InterruptedException {
        return receivers.post(url, Map.of("webhook-id", "evt_1"), BODY).outcome();
    }

    private Outcome post(URI url, Duration limit) throws InterruptedException {
        return post(receivers(HERE, limit), url);
    }

    private static URI at(int port) {
        return URI.create("http://hooks.example:%d/x".formatted(port));
    }

    @Test
    void sendsWhatItIsGivenAndTellsTheAnswer() throws Exception {
        WebhookReceiver receiver = receiver();
        assertEquals(new Answered(200, Optional.empty(), "ok"), post(receiver.url("/x"), PATIENT));
        ReceivedWebhook received = receiver.received().getFirst();
        assertArrayEquals(BODY, received.body());
        assertEquals("evt_1", received.id());
        assertEquals("genapi-broker", received.headers().get("user-agent"));
        assertTrue(received.headers().getOrDefault("content-type", "").startsWith("application/json"));
        assertFalse(received.headers().containsKey("accept-encoding"), "nothing is unpacked");
    }

    @Test
    void followsNobodyWhoSendsItElsewhere() throws Exception {
        WebhookReceiver receiver = receiver();
        for (int status : List.of(301, 302, 303, 307, 308)) {
            receiver.behave(
                    "/x",
                    new Reaction.Answer(
                            status, Map.of("Location", receiver.url("/y").toString()), ""));
            assertEquals(new Answered(status, Optional.empty(), ""), post(receiver.url("/x"), PATIENT));
        }
        assertEquals(List.of(), receiver.received("/y"));
    }

    @Test
    void tellsHowLongAReceiverWantsToBeLeftAlone() throws Exception {
        WebhookReceiver receiver = receiver();
        receiver.behave("/x", new Reaction.Answer(429, Map.of("Retry-After", "120"), "slow down"));
        assertEquals(
                new Answered(429, Optional.of(Duration.ofMinutes(2)), "slow down"), post(receiver.url("/x"), PATIENT));
    }

    @Test
    void keepsNoCookies() throws Exception {
        WebhookReceiver receiver = receiver();
        receiver.behave("/x", new Reaction.Answer(200, Map.of("Set-Cookie", "who=me; Path=/"), "ok"));
        ApacheReceivers receivers = receivers(HERE, PATIENT);
        post(receivers, receiver.url("/x"));
        post(receivers, receiver.url("/x"));
        assertTrue(receiver.received().stream()
                .noneMatch(webhook -> webhook.headers().containsKey("cookie")));
    }

    @Test
    void givesUpWhoSaysNothing() throws Exception {
        WebhookReceiver receiver = receiver();
        receiver.behave("/x", new Reaction.Hang());
        assertEquals(new Unanswered("timeout", "no answer came within 400 ms"), post(receiver.url("/x"), IMPATIENT));
    }

    @Test
    void givesUpWhoNeverComesToTheEndOfItsHead() throws Exception {
        assertEquals("timeout", code(post(at(raw("HTTP/1.1 200 OK\r\nX: ", "x").port()), IMPATIENT)));
        assertEquals(
                "timeout", code(post(at(raw("HTTP/1.1 100 Continue\r\n\r\n", "").port()), IMPATIENT)));
    }

    @Test
    void takesAStatusForTheAnswerHoweverLongTheRestTakes() throws Exception {
        WebhookReceiver receiver = receiver();
        receiver.behave("/x", new Reaction.Drip(200));
        Answered dripping = assertInstanceOf(Answered.class, post(receiver.url("/x"), PATIENT));
        assertEquals(200, dripping.status());
    }

    @Test
    void readsTheBeginningOfAnEndlessAnswerAlone() throws Exception {
        RawServer endless = closing(new RawServer("HTTP/1.1 500 No\r\n\r\n", () -> "endless ".repeat(1_000), 1));
        Answered answered = assertInstanceOf(Answered.class, post(at(endless.port()), PATIENT));
        assertEquals(500, answered.status());
        assertEquals(1_024, answered.head().length());
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\n',  'X-Many: 1\r\n'",
        "'HTTP/1.1 200 OK\r\nX: ', ENDLESS",
        "'SSH-2.0-OpenSSH_9.9\r\n', 'xxxxxxxxxxxxxx\r\n'"
    })
    void takesNoAnswerThatIsNone(String head, String drip) throws Exception {
        String often = drip.equals("ENDLESS") ? "x".repeat(10_000) : drip.repeat(200);
        assertEquals("broken_answer", code(post(at(raw(head, often).port()), PATIENT)));
    }

    @Test
    void tellsConnectionsThatBreakFromThoseThatNeverWere() throws Exception {
        WebhookReceiver receiver = receiver();
        receiver.behave("/x", new Reaction.BreakOff());
        assertEquals("broken_answer", code(post(receiver.url("/x"), PATIENT)));
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertEquals(new Unanswered("connect_failed", "it did not accept a connection"), post(at(port), PATIENT));
    }

    @Test
    void trustsWhomItIsToTrustAndNobodyElse() throws Exception {
        WebhookReceiver secure = closing(WebhookReceiver.start(Encryption.SELF_SIGNED));
        X509Certificate authority = secure.certificate().chain().getLast();
        assertEquals(
                new Answered(200, Optional.empty(), "ok"), post(receivers(HERE, PATIENT, authority), secure.url("/x")));
        assertUntrusted("is signed by nobody", post(secure.url("/x"), PATIENT));
        WebhookReceiver other = closing(WebhookReceiver.start(Encryption.WRONG_HOST));
        assertUntrusted(
                "is for another host",
                post(receivers(HERE, PATIENT, other.certificate().chain().getLast()), other.url("/x")));
        WebhookReceiver expired = closing(WebhookReceiver.start(Encryption.EXPIRED));
        assertUntrusted(
                "has expired",
                post(receivers(HERE, PATIENT, expired.certificate().chain().getLast()), expired.url("/x")));
        assertEquals(1, secure.received().size());
        assertEquals(List.of(), other.received());
    }

    @Test
    void givesUpWhoNeverShakesHands() throws Exception {
        RawServer silent = raw("", "");
        assertEquals(
                "timeout", code(post(URI.create("https://hooks.example:%d/".formatted(silent.port())), IMPATIENT)));
        RawServer plain = raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "");
        assertEquals(
                "tls_failed", code(post(URI.create("https://hooks.example:%d/".formatted(plain.port())), PATIENT)));
    }

    @Test
    void looksAtEachAddressThatItDials() throws Exception {
        WebhookReceiver receiver = receiver();
        receiver.behave("/x", new Reaction.BreakOff());
        Deque<InetAddress> answers = new ArrayDeque<>(List.of(
                InetAddress.getLoopbackAddress(), InetAddress.ofLiteral("10.0.0.1"), InetAddress.getLoopbackAddress()));
        ApacheReceivers receivers = receivers(_ -> List.of(answers.removeFirst()), PATIENT);
        assertEquals("broken_answer", code(post(receivers, receiver.url("/x"))));
        Unanswered refused = assertInstanceOf(Unanswered.class, post(receivers, receiver.url("/x")));
        assertEquals("address_refused", refused.code());
        assertTrue(refused.reason().contains("an address of a private network"), refused.reason());
        assertEquals("broken_answer", code(post(receivers, receiver.url("/x"))));
        assertEquals(2, receiver.received().size());
    }

    @Test
    void refusesAMixtureOfAddresses() throws Exception {
        HostResolver mixture = _ -> List.of(InetAddress.getLoopbackAddress(), InetAddress.ofLiteral("169.254.169.254"));
        WebhookReceiver receiver = receiver();
        assertEquals("address_refused", code(post(receivers(mixture, PATIENT), receiver.url("/x"))));
        assertEquals(List.of(), receiver.received());
    }

    @Test
    void doesNotWaitForNameServersThatNeverAnswer() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HostResolver hanging = host -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return HERE.resolve(host);
        };
        BoundedResolver bounded = closing(new BoundedResolver(hanging, Duration.ofMillis(50)));
        assertEquals(
                new Unanswered("timeout", "its host could not be looked up in time"),
                post(receivers(bounded, PATIENT), at(1)));
        never.countDown();
    }

    @Test
    void doesNotTakeALackOfRoomForLookUpsForTheReceivers() throws Exception {
        BoundedResolver without = new BoundedResolver(HERE, PATIENT);
        without.close();
        assertEquals(Unanswered.NO_CONNECTION, code(post(receivers(without, PATIENT), at(1))));
    }

    @Test
    void takesWhoNeverAcceptsAConnectionForOneThatTakesTooLong() throws Exception {
        ServerSocket full = closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 8; i++) {
            SocketChannel waiting = closing(SocketChannel.open());
            waiting.configureBlocking(false);
            waiting.connect(full.getLocalSocketAddress());
        }
        assertEquals("timeout", code(post(receivers(HERE, PATIENT, 10, IMPATIENT), at(full.getLocalPort()))));
    }

    @Test
    void takesWhoNeverEndsAHandshakeForOneThatTakesTooLong() throws Exception {
        ServerSocket silent = closing(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        URI url = URI.create("https://hooks.example:%d/x".formatted(silent.getLocalPort()));
        assertEquals("timeout", code(post(receivers(HERE, PATIENT, 10, IMPATIENT), url)));
    }

    @Test
    void doesNotTakeALackOfConnectionsForTheReceivers() throws Exception {
        WebhookReceiver receiver = receiver();
        receiver.behave("/hanging", new Reaction.Hang());
        ApacheReceivers receivers = receivers(HERE, Duration.ofSeconds(3), 1, PATIENT);
        Thread hanging = Thread.ofVirtual().start(() -> {
            try {
                post(receivers, receiver.url("/hanging"));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> !receiver.received("/hanging").isEmpty());
        assertEquals(Unanswered.NO_CONNECTION, code(post(receivers, receiver.url("/x"))));
        hanging.interrupt();
        assertEquals(List.of(), receiver.received("/x"));
    }

    private static String code(Outcome outcome) {
        return assertInstanceOf(Unanswered.class, outcome).code();
    }

    private static void assertUntrusted(String how, Outcome outcome) {
        Unanswered unanswered = assertInstanceOf(Unanswered.class, outcome);
        assertEquals("tls_failed", unanswered.code());
        assertTrue(unanswered.reason().contains(how), unanswered.reason());
    }
}
