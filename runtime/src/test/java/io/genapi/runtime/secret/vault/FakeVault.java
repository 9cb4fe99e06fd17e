package io.genapi.runtime.secret.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vault's HTTP API as its reference describes it, as far as it is used here: status codes, the {@code errors} of a
 * refusal, tokens that end when their lease does. Nothing else of Vault.
 */
final class FakeVault implements AutoCloseable {

    static final String ROLE_ID = "role-4711";
    static final String SECRET_ID = "secret-id-0815-xyz";

    private final HttpServer server;
    private final InstantSource clock;
    private final Map<String, Token> tokens = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private Duration lease = Duration.ofHours(1);
    private Duration longestLife = Duration.ofHours(10);
    private boolean renewable = true;
    private boolean sealed;
    private String namespace = "";
    private int logins;

    private record Token(Instant until, Instant last, boolean renewable) {}

    private record Reply(int status, String body) {}

    FakeVault(InstantSource clock) throws IOException {
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param data the JSON of its fields; {@code "null"} for a version that was deleted */
    synchronized void write(String apiPath, String data) {
        secrets.put(apiPath, data);
    }

    synchronized void lease(Duration lease, Duration longestLife, boolean renewable) {
        this.lease = lease;
        this.longestLife = longestLife;
        this.renewable = renewable;
    }

    synchronized void seal(boolean sealed) {
        this.sealed = sealed;
    }

    synchronized void requireNamespace(String namespace) {
        this.namespace = namespace;
    }

    /** @param left of its life; zero for one that never ends */
    synchronized void give(String token, Duration left, boolean renewable) {
        Instant until = left.isZero() ? Instant.MAX : clock.instant().plus(left);
        tokens.put(token, new Token(until, Instant.MAX, renewable));
    }

    synchronized void revokeAll() {
        tokens.clear();
    }

    synchronized int logins() {
        return logins;
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Reply reply = reply(exchange, body);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Reply reply(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        if (sealed) {
            return error(503, "Vault is sealed");
        }
        if (!namespace.equals(Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Vault-Namespace"))
                .orElse(""))) {
            return new Reply(404, "{\"errors\":[\"no handler for route\"]}");
        }
        if (path.equals("/v1/auth/approle/login")) {
            return login(JsonMapper.shared().readTree(body));
        }
        String name = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Vault-Token"))
                .orElse("");
        Token token = tokens.get(name);
        if (token == null || !clock.instant().isBefore(token.until())) {
            return error(403, "permission denied", "invalid token");
        }
        return switch (path) {
            case "/v1/auth/token/lookup-self" -> lookup(token);
            case "/v1/auth/token/renew-self" -> renew(name, token);
            case "/v1/auth/token/revoke-self" -> {
                tokens.remove(name);
                yield new Reply(204, "");
            }
            default -> read(path.substring("/v1/".length()));
        };
    }

    private Reply login(JsonNode body) {
        if (!body.path("role_id").asString("").equals(ROLE_ID)
                || !body.path("secret_id").asString("").equals(SECRET_ID)) {
            return error(400, "invalid role or secret ID");
        }
        String name = "hvs.fake-token-number-" + ++logins;
        Instant now = clock.instant();
        tokens.put(name, new Token(now.plus(lease), now.plus(longestLife), renewable));
        return auth(name, lease);
    }

    private Reply auth(String name, Duration left) {
        return new Reply(
                200,
                "{\"request_id\":\"r\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":null,\"auth\":{\"client_token\":\"%s\",\"accessor\":\"a\",\"policies\":[\"default\"],\"lease_duration\":%d,\"renewable\":%b}}"
                        .formatted(name, left.toSeconds(), renewable));
    }

    private Reply lookup(Token token) {
        boolean endless = token.until().equals(Instant.MAX);
        return new Reply(
                200,
                "{\"data\":{\"expire_time\":%s,\"ttl\":%d,\"renewable\":%b}}"
                        .formatted(
                                endless ? "null" : "\"" + token.until() + "\"",
                                endless
                                        ? 0
                                        : Duration.between(clock.instant(), token.until())
                                                .toSeconds(),
                                token.renewable()));
    }

    private Reply renew(String name, Token token) {
        if (!token.renewable()) {
            return error(400, "lease is not renewable");
        }
        Instant asked = clock.instant().plus(lease);
        Instant until = asked.isAfter(token.last()) ? token.last() : asked;
        tokens.put(name, new Token(until, token.last(), true));
        return auth(name, Duration.between(clock.instant(), until));
    }

    private Reply read(String path) {
        if (path.startsWith("forbidden/")) {
            return error(403, "1 error occurred:\\n\\t* permission denied\\n\\n");
        }
        if (!secrets.containsKey(path)) {
            return new Reply(404, "{\"errors\":[]}");
        }
        String data = secrets.get(path);
        return new Reply(
                data.equals("null") ? 404 : 200,
                "{\"request_id\":\"r\",\"data\":{\"data\":%s,\"metadata\":{\"deletion_time\":\"%s\",\"destroyed\":false,\"version\":2}}}"
                        .formatted(data, data.equals("null") ? "2026-01-01T00:00:00Z" : ""));
    }

    private static Reply error(int status, String... errors) {
        return new Reply(status, "{\"errors\":[\"" + String.join("\",\"", errors) + "\"]}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
