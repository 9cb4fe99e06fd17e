package io.genapi.store.outbound;

import io.genapi.runtime.net.ForbiddenAddressException;
import io.genapi.runtime.net.LookUpBusyException;
import io.genapi.runtime.net.LookUpTimeoutException;
import io.genapi.runtime.outbound.HandshakeFailedException;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.store.sending.Receivers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends with Apache HttpClient from the calling thread, never through a proxy: what is dialled is what was looked at. No
 * redirect is followed. A receiver has one limit for everything; once its status is here it has told what came of it, and
 * what follows is read for a moment more, for people to see. Thread-safe.
 */
public final class ApacheReceivers implements Receivers, AutoCloseable {

    private static final int MOST_READ = 4_096;
    private static final int MOST_KEPT = 1_024;

    /** There is one for each attempt that may be under way; it may only have to be taken from another receiver. */
    private static final Duration FOR_A_CONNECTION = Duration.ofSeconds(1);

    /**
     * How long a receiver may take.
     *
     * @param answer from looking up its host to the head of its answer, positive
     * @param rest of the answer, positive
     */
    public record Limits(Duration answer, Duration rest) {}

    private final CloseableHttpClient secure;
    private final CloseableHttpClient plain;
    private final Limits limits;
    private final RequestConfig config;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor cuts = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("webhook-limits").daemon().factory());

    /** @param nanos a ticker for durations, such as {@link System#nanoTime} */
    public ApacheReceivers(ReceiverClients clients, Limits limits, InstantSource clock, LongSupplier nanos) {
        this.secure = clients.of("https");
        this.plain = clients.of("http");
        this.limits = limits;
        this.config = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(shorter(FOR_A_CONNECTION, limits.answer())))
                .build();
        this.clock = clock;
        this.nanos = nanos;
        cuts.setRemoveOnCancelPolicy(true);
    }

    /** Before a receiver's time is over, so that a lack of ours is not taken for its. */
    private static Duration shorter(Duration one, Duration limit) {
        Duration half = limit.dividedBy(2);
        return one.compareTo(half) < 0 ? one : half;
    }

    @Override
    public Report post(URI url, Map<String, String> headers, byte[] body) throws InterruptedException {
        long from = nanos.getAsLong();
        HttpPost post = new HttpPost(url);
        post.setConfig(config);
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        CloseableHttpClient client = "http".equalsIgnoreCase(url.getScheme()) ? plain : secure;
        AtomicReference<@Nullable Report> answered = new AtomicReference<>();
        Future<?> end = cut(post, limits.answer());
        try {
            return client.execute(post, answer -> {
                Report report = new Report(answered(answer, ""), since(from));
                answered.set(report);
                return new Report(answered(answer, head(answer, post)), report.latency());
            });
        } catch (IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a webhook was sent");
            }
            Report head = answered.get();
            return head != null ? head : new Report(failed(failure, url, post.isCancelled()), since(from));
        } finally {
            end.cancel(false);
        }
    }

    private Future<?> cut(HttpPost post, Duration in) {
        return cuts.schedule(post::cancel, in.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Answered answered(ClassicHttpResponse answer, String head) {
        Header retryAfter = answer.getFirstHeader("Retry-After");
        return new Answered(
                answer.getCode(),
                Optional.ofNullable(retryAfter)
                        .map(Header::getValue)
                        .flatMap(text -> RetryAfter.read(text, clock.instant())),
                head);
    }

    /** The first bytes of the answer as text; of what is longer or slow, as much as came. */
    private String head(ClassicHttpResponse answer, HttpPost post) {
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            return "";
        }
        byte[] bytes = new byte[MOST_READ];
        int size = 0;
        Future<?> end = cut(post, limits.rest());
        try {
            int count = 0;
            while (count >= 0 && size < MOST_READ) {
                count = entity.getContent().read(bytes, size, MOST_READ - size);
                size += Math.max(0, count);
            }
            if (count >= 0) {
                // What else it says is not waited for, and so its connection is of no use any more.
                post.cancel();
            }
        } catch (IOException brokenOff) {
            post.cancel();
        } finally {
            end.cancel(false);
        }
        return new String(bytes, 0, Math.min(size, MOST_KEPT), StandardCharsets.UTF_8);
    }

    private Outcome failed(IOException failure, URI url, boolean isOver) {
        if (isOver) {
            return new Unanswered("timeout", "no answer came within " + seconds(limits.answer()));
        }
        return switch (failure) {
            case ForbiddenAddressException forbidden ->
                new Unanswered("address_refused", ReceiverPolicy.refusal(url, forbidden.purpose()));
            case LookUpBusyException _ ->
                new Unanswered(Unanswered.NO_CONNECTION, "the broker had no room to look up its host");
            case LookUpTimeoutException _ -> new Unanswered("timeout", "its host could not be looked up in time");
            case UnknownHostException _ -> new Unanswered("connect_failed", "its host is unknown");
            case HandshakeFailedException handshake ->
                new Unanswered(
                        "tls_failed",
                        handshake
                                .distrust()
                                .map("its certificate %s"::formatted)
                                .orElse("no secure connection came about"));
            case ConnectTimeoutException _ ->
                new Unanswered("timeout", "no connection, or no secure one, came about in time");
            case ConnectException _, NoRouteToHostException _ ->
                new Unanswered("connect_failed", "it did not accept a connection");
            case ConnectionRequestTimeoutException _ ->
                new Unanswered(Unanswered.NO_CONNECTION, "the broker had no connection free in time");
            case SocketTimeoutException _ ->
                new Unanswered("timeout", "no answer came within " + seconds(limits.answer()));
            default -> new Unanswered("broken_answer", "the connection broke, or what came was no answer of HTTP");
        };
    }

    private static String seconds(Duration time) {
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private Duration since(long from) {
        return Duration.ofNanos(nanos.getAsLong() - from);
    }

    /** Cuts off what still runs. */
    @Override
    public void close() {
        cuts.shutdownNow();
        secure.close(CloseMode.IMMEDIATE);
        plain.close(CloseMode.IMMEDIATE);
    }
}
