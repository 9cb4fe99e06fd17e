package io.genapi.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Requests that no client sends on purpose: whatever a seed makes of good ones, always the same. */
final class OddRequests {

    static final String NONCE = "nonce-odd-";

    private static final List<String> METHODS = List.of(
            "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "P\u00e4ST", "");
    private static final List<String> PATHS = List.of(
            "/v1/chat/completions",
            "/v1/jobs",
            "/v1/jobs?limit=%00&after=%ff&status=%0d%0aX-Injected:1",
            "/v1/jobs/job_01jzzzzzzzzzzzzzzzzzzzzzzz",
            "/v1/jobs/%0d%0aX-Injected:%201",
            "/v1/jobs/job_01jzzzzzzzzzzzzzzzzzzzzzzz/stream",
            "/v1/models/%e0%80%80",
            "/v1/models/..%2f..%2fmetrics",
            "/v1/chat/completions?vendor=%0d%0aX-Injected:1",
            "/v1/chat/completions;x=y",
            "//v1//models",
            "/v1/models?%",
            "/v1/models/%",
            "http://localhost/v1/models",
            "*",
            "/");
    private static final List<String> NAMES = List.of(
            "X-Request-ID",
            "X-Correlation-ID",
            "Prefer",
            "Genapi-Deadline",
            "Genapi-Lane",
            "Genapi-Ordering-Key",
            "Genapi-Stream-Restart",
            "Idempotency-Key",
            "X-Stainless-Retry-Count",
            "X-Stainless-Timeout",
            "X-Stainless-Read-Timeout",
            "Last-Event-ID",
            "Authorization",
            "Accept",
            "Accept-Encoding",
            "Content-Encoding",
            "Content-Type",
            "Connection",
            "Expect",
            "Range",
            "If-None-Match",
            "If-Modified-Since",
            "Origin",
            "Cookie",
            "traceparent",
            "tracestate",
            "baggage",
            "Forwarded",
            "X-Forwarded-For",
            "Upgrade",
            "Transfer-Encoding",
            "Content-Length",
            "Host");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "\t",
            "0",
            "-1",
            "NaN",
            "1e400",
            "99999999999999999999999",
            "wait=99999999999999999999, respond-async",
            "wait=1;x, ,=,\"",
            "\"unclosed",
            "\u00ff\u00fe",
            "a\rX-Injected: 1",
            "a\nX-Injected: 1",
            "a\r\n X-Injected: 1",
            "a\u0000b",
            "%0d%0aX-Injected: 1",
            "2026-13-45T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "00-00000000000000000000000000000000-0000000000000000-00",
            "application/xml;q=zzz",
            "///",
            "chunked, chunked",
            "gzip",
            "close, keep-alive, upgrade",
            "h2c",
            "100-continue",
            "nothing-we-know",
            "wait=1",
            "1",
            "key-of-mine",
            "flex",
            "600",
            "*/*",
            "bytes=0-",
            "x".repeat(3_000));
    private static final List<String> JSON = List.of(
            "null",
            "-0",
            "1e999999999",
            "9".repeat(20_000),
            "0." + "1".repeat(20_000),
            "\"\\ud800\"",
            "\"\\u0000\\r\\nX-Injected: 1\"",
            "\"" + "\\u0061".repeat(2_000) + "\"",
            "[".repeat(900) + "]".repeat(900),
            "[".repeat(60_000),
            "{\"a\":".repeat(30_000),
            "{\"a\":1,\"a\":2}",
            "\"\u0000\"",
            "NaN",
            "'single'",
            "true/*x*/",
            "\ufeff1");

    private final RandomGenerator random;
    private final String nonce;

    OddRequests(long seed) {
        this.random = new SplittableRandom(seed);
        this.nonce = NONCE + seed;
    }

    String nonce() {
        return nonce;
    }

    /** A whole request, or what there is of one. */
    byte[] next() {
        return switch (random.nextInt(6)) {
            case 0 -> random(random.nextInt(4_000));
            case 1 -> damaged(chat(body()));
            case 2, 3 -> chat(oddBody());
            case 4 -> oddHead();
            default -> oddChunks();
        };
    }

    private byte[] chat(byte[] body) {
        return joined(
                ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + oddHeaders(Math.max(0, random.nextInt(4) - 2))
                                + "Connection: close\r\nContent-Length: " + body.length
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1),
                body);
    }

    private byte[] body() {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"say %s\"}]}"
                .formatted(nonce)
                .getBytes(UTF_8);
    }

    private byte[] oddBody() {
        String odd = any(JSON);
        String good = new String(body(), UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> random(random.nextInt(2_000));
            case 1 -> damaged(body());
            case 2 -> odd.getBytes(UTF_8);
            case 3 -> ("{\"metadata\":" + odd + "," + good.substring(1)).getBytes(UTF_8);
            case 4 ->
                ("{\"" + any(List.of("model", "stream", "service_tier", "messages", "stream_options")) + "\":" + odd
                                + "," + good.substring(1))
                        .getBytes(UTF_8);
            case 5 -> good.replace("\"user\"", odd).getBytes(UTF_8);
            case 6 -> (good + odd).getBytes(UTF_8);
            default ->
                joined(good.substring(0, good.length() - 4).getBytes(UTF_8), random(20), "\"}]}".getBytes(UTF_8));
        };
    }

    private byte[] oddHead() {
        String line = any(METHODS) + any(List.of(" ", "  ", "\t")) + any(PATHS) + " "
                + any(List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "http/1.1", ""));
        byte[] body = random.nextBoolean() ? body() : random(random.nextInt(50));
        return joined(
                (line + "\r\nHost: localhost\r\n" + oddHeaders(1 + random.nextInt(4)) + "Content-Length: " + body.length
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1),
                body);
    }

    private String oddHeaders(int count) {
        StringBuilder headers = new StringBuilder();
        for (int header = 0; header < count; header++) {
            headers.append(any(NAMES))
                    .append(any(List.of(": ", ": ", ": ", ": ", ":", " : ")))
                    .append(any(VALUES))
                    .append("\r\n");
        }
        return headers.toString();
    }

    private byte[] oddChunks() {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + oddHeaders(Math.max(0, random.nextInt(4) - 2)) + "Transfer-Encoding: chunked\r\n\r\n")
                        .getBytes(ISO_8859_1));
        byte[] body = body();
        int half = body.length / 2;
        String size = any(List.of(
                Integer.toHexString(half),
                Integer.toHexString(half),
                "00" + Integer.toHexString(half),
                "-1",
                "FFFFFFFFFFFFFFFF",
                "7fffffff",
                "zz",
                "",
                "0",
                half + ";ext=\u0000"));
        request.writeBytes((size + "\r\n").getBytes(ISO_8859_1));
        request.write(body, 0, half);
        request.writeBytes(("\r\n" + Integer.toHexString(body.length - half) + "\r\n").getBytes(ISO_8859_1));
        request.write(body, half, body.length - half);
        request.writeBytes(any(List.of(
                        "\r\n0\r\n\r\n",
                        "\r\n0\r\n\r\n",
                        "\r\n0\r\nX-Injected: 1\r\n\r\n",
                        "\r\n0\r\n" + "T: x\r\n".repeat(5_000) + "\r\n",
                        "",
                        "0",
                        "\n0\n\n"))
                .getBytes(ISO_8859_1));
        return request.toByteArray();
    }

    /** With some bytes that are others, missing or too many. */
    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int damage = 1 + random.nextInt(8); damage > 0; damage--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int end = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, end);
        if (random.nextInt(4) == 0) {
            out.writeBytes(random(random.nextInt(100)));
        }
        return out.toByteArray();
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
