package io.genapi.worker.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor that moves to another address, under the same name. */
class AddressChangeTest {

    private static final String OLD = "127.0.0.1";
    private static final String NEW = "127.0.0.2";

    private volatile String address = OLD;
    private HttpServer old;
    private HttpServer moved;

    @BeforeEach
    void serve() throws IOException {
        old = server(OLD, 0);
        moved = server(NEW, old.getAddress().getPort());
    }

    @AfterEach
    void close() {
        old.stop(0);
        moved.stop(0);
    }

    private static HttpServer server(String address, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, address.length());
                exchange.getResponseBody().write(address.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        return server;
    }

    private WiredClient client(TimeValue life, boolean http2) {
        DnsResolver resolver = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return new InetAddress[] {InetAddress.ofLiteral(address)};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return WiredClient.of(
                new HttpClients.Wiring(Duration.ofSeconds(5), Optional.empty(), List.of(), http2),
                10,
                new WiredClient.Addresses(resolver, life));
    }

    private String whoAnswers(WiredClient client) throws IOException {
        HttpGet get = new HttpGet(
                "http://vendor.example:%d/".formatted(old.getAddress().getPort()));
        return client.client().execute(get, answer -> EntityUtils.toString(answer.getEntity()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isFoundByEachNewConnectionAndByTheOthersWhenTheirLifeIsOver(boolean http2) throws Exception {
        WiredClient client = client(TimeValue.ofMilliseconds(500), http2);
        try (var _ = client.client()) {
            assertEquals(OLD, whoAnswers(client));
            address = NEW;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> whoAnswers(client).equals(NEW));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNotLookedForWhileAConnectionLives(boolean http2) throws Exception {
        WiredClient client = client(TimeValue.ofHours(1), http2);
        try (var _ = client.client()) {
            assertEquals(OLD, whoAnswers(client));
            address = NEW;
            assertEquals(OLD, whoAnswers(client));
            client.connections().closeIdle(TimeValue.ZERO_MILLISECONDS);
            assertEquals(NEW, whoAnswers(client));
        }
    }
}
