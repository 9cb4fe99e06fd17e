package io.genapi.simulator.serving;

import io.genapi.simulator.dialect.Answer;
import io.genapi.simulator.dialect.CallFacts;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.Exchange;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.journal.OpenCall;
import io.genapi.simulator.ratelimit.Allowance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Puts one answer, whole or damaged, onto its exchange and its end into the journal. Used by one thread. */
final class AnswerSender {

    private static final int OK = 200;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String PROXY_PAGE = "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>";

    private final Exchange exchange;
    private final OpenCall call;
    private final Dialect dialect;
    private final CallIdentity identity;
    private final LongSupplier nanoTicker;
    private final long startedNanos;
    private OptionalInt sentStatus = OptionalInt.empty();
    private Duration perByte = Duration.ZERO;

    AnswerSender(Exchange exchange, OpenCall call, Dialect dialect, CallIdentity identity, LongSupplier nanoTicker) {
        this.exchange = exchange;
        this.call = call;
        this.dialect = dialect;
        this.identity = identity;
        this.nanoTicker = nanoTicker;
        this.startedNanos = nanoTicker.getAsLong();
    }

    void pause(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            exchange.pause(duration);
        }
    }

    void hang() throws InterruptedException {
        while (true) {
            exchange.pause(LONG);
        }
    }

    /** What is sent from now on goes out byte by byte. */
    void dripFromNow(Duration pausePerByte) {
        perByte = pausePerByte;
    }

    /** What something on the way says in the vendor's stead. */
    void sendProxyPage() {
        byte[] body = bytes(PROXY_PAGE);
        head(OK, Map.of("content-type", "text/html; charset=utf-8"), OptionalInt.of(body.length));
        exchange.write(body);
        finish(OK);
    }

    void drop() {
        call.dropped(sentStatus);
        exchange.drop();
    }

    void aborted() {
        call.aborted(sentStatus);
    }

    void send(Answer.Immediate answer, RetryAfter retryAfter, Optional<Allowance> allowance) {
        byte[] body = bytes(answer.body());
        Map<String, String> headers = headers(answer, allowance);
        headers.putAll(retryAfter.headers());
        head(answer.status(), headers, OptionalInt.of(body.length));
        exchange.write(body);
        finish(answer.status());
    }

    void send(Answer.Whole answer, Damage damage, Allowance allowance) throws InterruptedException {
        byte[] body = bytes(answer.body());
        byte[] half = Arrays.copyOf(body, body.length / 2);
        int length = damage == Damage.BROKEN_JSON ? half.length : body.length;
        head(OK, headers(answer, Optional.of(allowance)), OptionalInt.of(length));
        switch (damage) {
            case NONE -> {
                put(body);
                finish(OK);
            }
            case BROKEN_JSON -> {
                exchange.write(half);
                finish(OK);
            }
            case SILENCE -> {
                exchange.flush();
                hang();
            }
            case NO_BODY -> drop();
            case HALF_BODY -> {
                exchange.write(half);
                drop();
            }
        }
    }

    void send(Answer.Streamed answer, Damage damage, Allowance allowance, Duration timePerToken)
            throws InterruptedException {
        head(OK, headers(answer, Optional.of(allowance)), OptionalInt.empty());
        exchange.flush();
        switch (damage) {
            case NONE -> {
                stream(answer.events(), timePerToken);
                finish(OK);
            }
            case BROKEN_JSON -> {
                stream(withBrokenMiddle(answer.events()), timePerToken);
                finish(OK);
            }
            case SILENCE -> hang();
            case NO_BODY -> drop();
            case HALF_BODY -> {
                stream(answer.events().subList(0, answer.events().size() / 2), timePerToken);
                drop();
            }
        }
    }

    private void stream(List<Answer.Event> events, Duration timePerToken) throws InterruptedException {
        for (Answer.Event event : events) {
            if (event.token() && timePerToken.isPositive()) {
                exchange.flush();
                exchange.pause(timePerToken);
            }
            put(bytes(event.text()));
        }
    }

    private void put(byte[] bytes) throws InterruptedException {
        if (perByte.isZero()) {
            exchange.write(bytes);
            return;
        }
        for (byte each : bytes) {
            exchange.flush();
            exchange.pause(perByte);
            exchange.write(new byte[] {each});
        }
    }

    private static List<Answer.Event> withBrokenMiddle(List<Answer.Event> events) {
        List<Answer.Event> broken = new ArrayList<>(events);
        int middle = events.size() / 2;
        String text = events.get(middle).text();
        broken.set(middle, new Answer.Event(text.substring(0, text.length() / 2) + "\n\n", false));
        return broken;
    }

    private void head(int status, Map<String, String> headers, OptionalInt contentLength) {
        sentStatus = OptionalInt.of(status);
        exchange.head(status, headers, contentLength);
    }

    private void finish(int status) {
        call.answered(status);
        if (!exchange.finish()) {
            call.notTaken();
        }
    }

    private Map<String, String> headers(Answer answer, Optional<Allowance> allowance) {
        Duration processing = Duration.ofNanos(nanoTicker.getAsLong() - startedNanos);
        Map<String, String> headers =
                new LinkedHashMap<>(dialect.headers(new CallFacts(identity, processing, allowance)));
        headers.put("content-type", answer.contentType());
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
