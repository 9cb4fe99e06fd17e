package io.genapi.worker.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.genapi.worker.intake.OtherWorkers.InHand;
import io.genapi.worker.intake.Partition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerClaimsTest {

    private static final Partition ONE = new Partition("requests", 1);
    private static final Partition TWO = new Partition("requests", 2);

    private static final Duration MEMORY = Duration.ofMinutes(10);

    private Instant now = Instant.EPOCH;
    private final List<HttpServer> servers = new ArrayList<>();
    private final Queue<Set<Partition>> claims = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void putsTogetherWhatEachWorkerHasInHand() throws Exception {
        URI first = worker(200, ClaimDocument.answer(Map.of(ONE, Set.of(3L, 4L))));
        URI second = worker(200, ClaimDocument.answer(Map.of(ONE, Set.of(9L), TWO, Set.of(0L))));
        assertEquals(
                new InHand(Map.of(ONE, Set.of(3L, 4L, 9L), TWO, Set.of(0L)), true),
                claims(Duration.ofSeconds(30), first, second).claim(Set.of(ONE, TWO)));
        assertEquals(List.of(Set.of(ONE, TWO), Set.of(ONE, TWO)), List.copyOf(claims));
    }

    @Test
    void goesOnWithoutThoseThatTalkNonsense() throws Exception {
        URI failing = worker(500, "{}".getBytes(UTF_8));
        URI talkingNonsense = worker(200, "{\"partitions\":[{\"topic\":\"requests\"}]}".getBytes(UTF_8));
        URI living = worker(200, ClaimDocument.answer(Map.of(TWO, Set.of(5L))));
        assertEquals(
                new InHand(Map.of(TWO, Set.of(5L)), false),
                claims(Duration.ofSeconds(30), failing, talkingNonsense, living).claim(Set.of(TWO)));
    }

    @Test
    void goesOnWithoutOneThatHangs() throws Exception {
        try (ServerSocket neverAccepting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI hanging = URI.create("http://127.0.0.1:" + neverAccepting.getLocalPort());
            assertEquals(
                    new InHand(Map.of(), false),
                    claims(Duration.ofMillis(50), hanging).claim(Set.of(TWO)));
        }
    }

    @Test
    void knowsThatADeadOneHasNothingInHand() throws Exception {
        URI dead = worker(200, new byte[0]);
        servers.getLast().stop(0);
        assertEquals(
                new InHand(Map.of(), true), claims(Duration.ofSeconds(30), dead).claim(Set.of(TWO)));
    }

    @Test
    void doesNotTakeAHostThatIsNotFoundForADeadWorker() throws Exception {
        assertEquals(
                new InHand(Map.of(), false),
                claims(Duration.ofSeconds(30), URI.create("http://nobody.invalid:80"))
                        .claim(Set.of(TWO)));
    }

    /** Cut off from Kafka, where it was heard of, it may go on with what it has in hand. */
    @Test
    void asksAgainWhoHadSomethingInHandThoughNothingWasHeardOfItSince() throws Exception {
        URI living = worker(200, ClaimDocument.answer(Map.of(ONE, Set.of(3L))));
        List<URI> heardOf = new ArrayList<>(List.of(living));
        PeerClaims claims = new PeerClaims(() -> heardOf, Duration.ofSeconds(30), MEMORY, () -> now);
        InHand inHand = claims.claim(Set.of(ONE));
        heardOf.clear();
        now = now.plus(MEMORY).minusMillis(1);
        assertEquals(inHand, claims.claim(Set.of(ONE)));
        now = now.plus(MEMORY);
        assertEquals(new InHand(Map.of(), true), claims.claim(Set.of(ONE)));
    }

    @Test
    void asksNobodyWhereNobodyElseIs() throws Exception {
        assertEquals(new InHand(Map.of(), true), claims(Duration.ofSeconds(30)).claim(Set.of(ONE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|body",
                "{}|partitions",
                "{\"partitions\":{}}|partitions",
                "{\"partitions\":[{\"partition\":1}]}|partitions.topic",
                "{\"partitions\":[{\"topic\":7,\"partition\":1}]}|partitions.topic",
                "{\"partitions\":[{\"topic\":\"t\"}]}|partitions.partition",
                "{\"partitions\":[{\"topic\":\"t\",\"partition\":-1}]}|partitions.partition",
                "{\"partitions\":[{\"topic\":\"t\",\"partition\":\"1\"}]}|partitions.partition"
            })
    void namesWhatIsWrongWithAClaim(String body, String parameter) {
        MalformedClaimException wrong =
                assertThrows(MalformedClaimException.class, () -> ClaimDocument.readClaim(body.getBytes(UTF_8)));
        assertEquals(parameter, wrong.parameter());
        assertTrue(parameter.equals("body") || wrong.explanation().contains(parameter), wrong.explanation());
    }

    private PeerClaims claims(Duration patience, URI... workers) {
        return new PeerClaims(() -> List.of(workers), patience, MEMORY, () -> now);
    }

    private URI worker(int status, byte[] answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/worker/claims", exchange -> {
            claims.add(ClaimDocument.readClaim(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
