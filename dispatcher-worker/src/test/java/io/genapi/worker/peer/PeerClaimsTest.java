package io.genapi.worker.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.genapi.worker.intake.Partition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
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
                Map.of(ONE, Set.of(3L, 4L, 9L), TWO, Set.of(0L)),
                claims(Duration.ofSeconds(30), first, second).claim(Set.of(ONE, TWO)));
        assertEquals(List.of(Set.of(ONE, TWO), Set.of(ONE, TWO)), List.copyOf(claims));
    }

    @Test
    void goesOnWithoutThoseThatAreDeadOrTalkNonsense() throws Exception {
        URI dead = worker(200, new byte[0]);
        servers.getLast().stop(0);
        URI failing = worker(500, "{}".getBytes(UTF_8));
        URI talkingNonsense = worker(200, "{\"partitions\":[{\"topic\":\"requests\"}]}".getBytes(UTF_8));
        URI living = worker(200, ClaimDocument.answer(Map.of(TWO, Set.of(5L))));
        assertEquals(
                Map.of(TWO, Set.of(5L)),
                claims(Duration.ofSeconds(30), dead, failing, talkingNonsense, living)
                        .claim(Set.of(TWO)));
    }

    @Test
    void goesOnWithoutOneThatHangs() throws Exception {
        try (ServerSocket neverAccepting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI hanging = URI.create("http://127.0.0.1:" + neverAccepting.getLocalPort());
            assertEquals(Map.of(), claims(Duration.ofMillis(50), hanging).claim(Set.of(TWO)));
        }
    }

    @Test
    void asksNobodyWhereNobodyElseIs() throws Exception {
        assertEquals(Map.of(), claims(Duration.ofSeconds(30)).claim(Set.of(ONE)));
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

    private static PeerClaims claims(Duration patience, URI... workers) {
        return new PeerClaims(() -> List.of(workers), patience);
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
