package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.genapi.runtime.net.AddressPolicy;
import io.genapi.runtime.net.GuardedHosts;
import io.genapi.worker.image.ImageSource.Fetching;
import io.genapi.worker.image.ImageSource.Fetching.Fetched;
import io.genapi.worker.image.ImageSource.Fetching.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches from a server that is really there, under names that lead wherever a test wants. */
class ApacheImageSourceTest {

    private static final Set<String> TYPES = Set.of("image/png", "image/webp");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n and more".getBytes(ISO_8859_1);

    private final List<String> served = new CopyOnWriteArrayList<>();
    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final Map<String, String> names = new ConcurrentHashMap<>(Map.of("pictures.example", "127.0.0.1"));
    private final ApacheImageSource source =
            new ApacheImageSource(new GuardedHosts(this::lookUp, AddressPolicy.allowing(List.of("pictures.example"))));
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        if (names.containsKey(host)) {
            return List.of(names.get(host).split(",")).stream()
                    .map(InetAddress::ofLiteral)
                    .toList();
        }
        return List.of(InetAddress.ofLiteral(host.replace("[", "").replace("]", "")));
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        over.countDown();
        source.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        served.add(path);
        try (exchange) {
            if (path.startsWith("/to/")) {
                String to = exchange.getRequestURI().getRawQuery();
                if (to != null) {
                    exchange.getResponseHeaders().set("Location", to);
                }
                exchange.sendResponseHeaders(Integer.parseInt(path.substring(4)), -1);
            } else if (path.startsWith("/status/")) {
                exchange.sendResponseHeaders(Integer.parseInt(path.substring(8)), -1);
            } else if (path.equals("/slow")) {
                exchange.sendResponseHeaders(200, 0);
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                }
            } else if (path.equals("/endless")) {
                exchange.getResponseHeaders().set("Content-Type", "image/png");
                exchange.sendResponseHeaders(200, 0);
                for (int piece = 0; piece < 100_000; piece++) {
                    exchange.getResponseBody().write(PNG);
                }
            } else {
                String type = exchange.getRequestURI().getRawQuery();
                if (type != null) {
                    exchange.getResponseHeaders().set("Content-Type", type);
                }
                exchange.sendResponseHeaders(200, PNG.length);
                exchange.getResponseBody().write(PNG);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String at(String path) {
        return "http://pictures.example:%d%s".formatted(server.getAddress().getPort(), path);
    }

    private Fetching fetch(String url) throws InterruptedException {
        return source.fetch(URI.create(url), TYPES, 1_000, LONG);
    }

    private Refused refused(String url) throws InterruptedException {
        return assertInstanceOf(Refused.class, fetch(url), url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "IMAGE/PNG;q=1", "application/octet-stream"})
    void fetchesAnImage(String type) throws Exception {
        Fetched image = assertInstanceOf(Fetched.class, fetch(at("/a?" + type)));
        assertEquals("image/png", image.type());
        assertArrayEquals(PNG, image.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/gif", "image/svg+xml", "application/json"})
    void takesNothingElse(String type) throws Exception {
        Refused refused = refused(at("/a?" + type));
        assertEquals("it is none of image/png, image/webp", refused.reason());
        assertTrue(!refused.passing());
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1, this machine",
        "http://127.1.2.3/, this machine",
        "http://0.0.0.0/, this machine",
        "http://[::1]/, this machine",
        "http://[::]/, this machine",
        "http://[::ffff:127.0.0.1]/, this machine",
        "http://[::ffff:a9fe:a9fe]/latest/meta-data/, a cloud's metadata service",
        "http://169.254.169.254/latest/meta-data/, a cloud's metadata service",
        "http://168.63.129.16/machine, a cloud's metadata service",
        "http://100.100.100.200/latest, a cloud's metadata service",
        "http://[fd00:ec2::254]/latest, a cloud's metadata service",
        "https://10.0.0.1/, a private network",
        "https://172.16.0.1/, a private network",
        "https://192.168.1.1/admin, a private network",
        "http://[fc00::1]/, a private network",
        "http://[fd12:3456::1]/, a private network",
        "http://[fec0::1]/, a private network",
        "http://100.64.0.1/, a provider's inner network",
        "http://169.254.1.1/, the local link",
        "http://[fe80::1]/, the local link",
        "http://224.0.0.251/, many receivers",
        "http://[ff02::fb]/, many receivers",
        "http://255.255.255.255/, a reserved purpose",
        "http://240.0.0.1/, a reserved purpose",
        "http://192.0.0.192/, a reserved purpose",
        "http://198.18.0.1/, measurements",
        "http://192.88.99.1/, a relay to IPv6",
        "http://[64:ff9b::7f00:1]/, an address of IPv4 in disguise",
        "http://[64:ff9b:1::7f00:1]/, an address of IPv4 in disguise",
        "http://[2002:7f00:1::]/, an address of IPv4 in disguise",
        "http://[2002:a9fe:a9fe::]/, an address of IPv4 in disguise",
        "http://[2001:0:7f00:1::]/, an address of IPv4 in disguise",
        "http://[::127.0.0.1]/, an address of IPv4 in disguise",
        "http://loop.example/, this machine",
        "http://loop6.example/, this machine",
        "http://mapped.example/, this machine",
        "http://metadata.google.internal/computeMetadata/v1/, a cloud's metadata service",
        "http://private.example/, a private network",
        "http://both.example/, a private network",
        "http://both6.example/, the local link",
        "http://nat64.example/, an address of IPv4 in disguise",
        "http://cgnat.example:8080/, a provider's inner network",
        "http://PICTURES.example.evil.example/, this machine"
    })
    void connectsToNothingThatIsNotPublic(String url, String purpose) throws Exception {
        names.putAll(Map.of(
                "loop.example", "127.0.0.1",
                "loop6.example", "::1",
                "mapped.example", "::ffff:127.0.0.1",
                "metadata.google.internal", "169.254.169.254",
                "private.example", "10.1.2.3",
                "both.example", "1.1.1.1,10.1.2.3",
                "both6.example", "1.1.1.1,fe80::1",
                "nat64.example", "64:ff9b::a00:1",
                "cgnat.example", "100.99.1.1"));
        names.put("pictures.example.evil.example", "127.0.0.1");
        names.put("PICTURES.example.evil.example", "127.0.0.1");
        Refused refused = refused(url);
        assertEquals("it leads to an address of " + purpose, refused.reason());
        assertTrue(!refused.passing());
        assertEquals(List.of(), served);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://pictures.example/a",
                "gopher://pictures.example/a",
                "jar:http://pictures.example/a!/b",
                "http:pictures.example",
                "http://me:secret@pictures.example/",
                "//pictures.example/a",
                "/a"
            })
    void takesNoAddressOfAnotherKind(String url) throws Exception {
        assertEquals("it is no plain address of http or https", refused(url).reason());
        assertEquals(List.of(), lookedUp);
    }

    @Test
    void looksAtEveryAddressThatItIsSentTo() throws Exception {
        assertInstanceOf(Fetched.class, fetch(at("/to/302?/to/307?/a?image/png")));
        assertEquals(List.of("/to/302", "/to/307", "/a"), served);
        served.clear();
        assertEquals(
                "it leads to an address of this machine",
                refused(at("/to/301?http://127.0.0.1:" + server.getAddress().getPort() + "/a?image/png"))
                        .reason());
        assertEquals(
                "it leads to an address of a cloud's metadata service",
                refused(at("/to/308?http://169.254.169.254/latest")).reason());
        assertEquals(
                "it is no plain address of http or https",
                refused(at("/to/303?file:///etc/passwd")).reason());
        assertEquals("it moved without saying where to", refused(at("/to/302")).reason());
        assertTrue(!served.contains("/a"), served.toString());
        assertEquals(
                "it moved more than 3 times",
                refused(at("/to/302?" + at("/to/302?/to/302?/to/302?/to/302?/a")))
                        .reason());
    }

    /** A name that led to the public when it was looked at, and leads here when it is looked up again. */
    @Test
    void looksUpAgainAndLooksAgainForEachFetch() throws Exception {
        names.put("rebinding.example", "192.168.0.1");
        String url =
                "http://rebinding.example:%d/a".formatted(server.getAddress().getPort());
        assertEquals("it leads to an address of a private network", refused(url).reason());
        names.put("rebinding.example", "127.0.0.1");
        assertEquals("it leads to an address of this machine", refused(url).reason());
        assertEquals(List.of("rebinding.example", "rebinding.example"), lookedUp);
    }

    @Test
    void boundsSizeAndTime() throws Exception {
        assertEquals(
                "it has more than the 1000 bytes that are left for it",
                refused(at("/endless")).reason());
        assertEquals(
                "it has more than the 3 bytes that are left for it",
                assertInstanceOf(Refused.class, source.fetch(URI.create(at("/a?image/png")), TYPES, 3, LONG))
                        .reason());
        Refused late = assertInstanceOf(
                Refused.class,
                source.fetch(URI.create(at("/slow")), TYPES, Integer.MAX_VALUE - 16, Duration.ofMillis(300)));
        assertEquals("it took too long", late.reason());
    }

    @ParameterizedTest
    @CsvSource({"404, false", "403, false", "304, false", "500, true", "503, true", "429, true"})
    void knowsWhatMayPass(int status, boolean passing) throws Exception {
        assertEquals(new Refused("the answer has status " + status, passing), refused(at("/status/" + status)));
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        String url = at("/a");
        server.stop(0);
        assertEquals(new Refused("no whole answer came", true), refused(url));
    }
}
