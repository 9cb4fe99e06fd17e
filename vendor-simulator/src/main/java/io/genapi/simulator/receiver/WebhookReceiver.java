package io.genapi.simulator.receiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.genapi.simulator.tls.Encryption;
import io.genapi.simulator.tls.ServerCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes webhooks down, of as many endpoints as there are paths. Each path accepts what it gets until it is
 * told otherwise. Thread-safe.
 */
public final class WebhookReceiver implements AutoCloseable {

    private static final int BACKLOG = 1_000;
    private static final int DRIPS_EVERY_MILLIS = 100;

    private final HttpServer server;
    private final Optional<ServerCertificate> certificate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<ReceivedWebhook> received = new ConcurrentLinkedQueue<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    /** Reactions one after another, the last of them from then on; who hangs waits for the end of its script. */
    private static final class Script {
        private final Deque<Reaction> reactions;
        private final CountDownLatch over = new CountDownLatch(1);

        Script(List<Reaction> reactions) {
            this.reactions = new ArrayDeque<>(reactions);
        }

        synchronized Reaction next() {
            return reactions.size() == 1 ? reactions.getFirst() : reactions.removeFirst();
        }
    }

    private WebhookReceiver(HttpServer server, Optional<ServerCertificate> certificate) {
        this.server = server;
        this.certificate = certificate;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** On any free port of this machine, without TLS. */
    public static WebhookReceiver start() throws IOException {
        return new WebhookReceiver(HttpServer.create(anyPort(), BACKLOG), Optional.empty());
    }

    /**
     * With TLS.
     *
     * @param encryption other than {@link Encryption#NONE}
     */
    public static WebhookReceiver start(Encryption encryption) throws IOException {
        ServerCertificate certificate = ServerCertificate.of(encryption, "localhost");
        HttpsServer server = HttpsServer.create(anyPort(), BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        return new WebhookReceiver(server, Optional.of(certificate));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static SSLContext context(ServerCertificate certificate) throws IOException {
        char[] password = "receiver".toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry(
                    "receiver", certificate.key(), password, certificate.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IOException("the JDK's TLS does not work", impossible);
        }
    }

    /** The address of an endpoint. */
    public URI url(String path) {
        return URI.create("%s://localhost:%d%s"
                .formatted(
                        certificate.isPresent() ? "https" : "http",
                        server.getAddress().getPort(),
                        path));
    }

    /** The certificate that clients are to trust. */
    public ServerCertificate certificate() {
        return certificate.orElseThrow(() -> new IllegalStateException("this receiver has no TLS"));
    }

    /** What a path does from now on: one after another, and the last of them from then on. Who hangs there is let go. */
    public void behave(String path, Reaction... reactions) {
        Script before = scripts.put(path, new Script(List.of(reactions)));
        if (before != null) {
            before.over.countDown();
        }
    }

    /** All that came, in the order in which it came. */
    public List<ReceivedWebhook> received() {
        return List.copyOf(received);
    }

    /** What came to a path. */
    public List<ReceivedWebhook> received(String path) {
        return received.stream().filter(webhook -> webhook.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            header -> header.getKey().toLowerCase(Locale.ROOT),
                            header -> String.join(", ", header.getValue())));
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new ReceivedWebhook(Instant.now(), path, headers, body));
            Script script = scripts.get(path);
            react(exchange, script, script == null ? Reaction.ACCEPT : script.next());
        }
    }

    private static void react(HttpExchange exchange, @Nullable Script script, Reaction reaction) throws IOException {
        switch (reaction) {
            case Reaction.Answer(int status, Map<String, String> headers, String body) -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                headers.forEach(exchange.getResponseHeaders()::add);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            case Reaction.Hang() -> waitFor(script, Long.MAX_VALUE);
            case Reaction.Drip(int status) -> {
                exchange.sendResponseHeaders(status, 0);
                OutputStream body = exchange.getResponseBody();
                while (!waitFor(script, DRIPS_EVERY_MILLIS)) {
                    body.write('.');
                    body.flush();
                }
            }
            // Closing an exchange that has not answered closes its connection.
            case Reaction.BreakOff() -> {}
        }
    }

    private static boolean waitFor(@Nullable Script script, long millis) {
        try {
            return script == null || script.over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Lets go of who hangs, and stops. */
    @Override
    public void close() {
        scripts.values().forEach(script -> script.over.countDown());
        server.stop(0);
        threads.shutdownNow();
    }
}
