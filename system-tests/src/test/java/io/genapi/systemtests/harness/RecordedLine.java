package io.genapi.systemtests.harness;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.genapi.schemas.openapi.ExchangeCheck;
import io.genapi.schemas.openapi.RecordedExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A line between clients and a gateway, which holds all that crosses it to the document that the gateway serves. Thread-safe. */
public final class RecordedLine implements AutoCloseable {

    /** Each side of the line has its own. */
    private static final Set<String> OF_A_CONNECTION = Set.of(
            "connection", "content-length", "date", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final URI gateway;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final HttpServer entrance;
    private final ExchangeCheck check;
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();

    public RecordedLine(URI gateway) {
        this.gateway = gateway;
        try {
            String document = http.send(
                            HttpRequest.newBuilder(gateway.resolve("/openapi.json"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            check = new ExchangeCheck(JsonMapper.shared().readTree(document));
            entrance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        entrance.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        entrance.createContext("/", this::pass);
        entrance.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getAddress().getPort());
    }

    /** What the document does not say of the exchanges since this was asked last. */
    public List<String> problems() {
        List<String> found = problems.stream().distinct().toList();
        problems.clear();
        return found;
    }

    /** The operations and statuses that exchanges have shown, such as {@code listJobs 200}. */
    public Set<String> seen() {
        return check.seen();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder onward = HttpRequest.newBuilder(
                            gateway.resolve(exchange.getRequestURI().toString()))
                    .method(
                            exchange.getRequestMethod(),
                            body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> onward.header(name, value));
                }
            });
            HttpResponse<InputStream> response = http.send(onward.build(), BodyHandlers.ofInputStream());
            problems.addAll(check.problems(recorded(exchange, body, response, answer(exchange, response))));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty where its reader goes away before its end. */
    private static Optional<String> answer(HttpExchange exchange, HttpResponse<InputStream> response) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (InputStream from = response.body()) {
            Headers headers = exchange.getResponseHeaders();
            response.headers().map().forEach((name, values) -> {
                if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    headers.put(name, values);
                }
            });
            boolean empty = response.headers()
                    .firstValue("Content-Length")
                    .filter("0"::equals)
                    .isPresent();
            exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : 0);
            OutputStream to = exchange.getResponseBody();
            byte[] piece = new byte[8_192];
            for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
                whole.write(piece, 0, count);
                to.write(piece, 0, count);
                to.flush();
            }
            return Optional.of(whole.toString(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static RecordedExchange recorded(
            HttpExchange exchange, byte[] body, HttpResponse<InputStream> response, Optional<String> answer) {
        URI asked = exchange.getRequestURI();
        return new RecordedExchange(
                exchange.getRequestMethod(),
                asked.getPath(),
                Stream.ofNullable(asked.getRawQuery())
                        .flatMap(query -> Arrays.stream(query.split("&", -1)))
                        .map(parameter -> parameter.split("=", 2)[0])
                        .collect(Collectors.toSet()),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                        .filter(type -> type.startsWith("application/json"))
                        .map(_ -> new String(body, StandardCharsets.UTF_8)),
                response.statusCode(),
                response.headers().map(),
                answer);
    }

    @Override
    public void close() {
        entrance.stop(0);
        http.shutdownNow();
    }
}
