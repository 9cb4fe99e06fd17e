package io.genapi.worker.http;

import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.log.SecretMask;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.stream.ChunkSink;
import io.genapi.worker.stream.WholeAnswer;
import io.genapi.worker.vendor.RateLimitNews;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import io.genapi.worker.vendor.VendorStreams;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** Calls vendors with Apache HttpClient, blocking the calling (virtual) thread. Thread-safe. */
public final class ApacheVendorClient implements VendorClient, VendorStreams, AutoCloseable {

    /** A larger answer is no chat completion, and would endanger the process. */
    static final int MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

    private static final int SWEEP_SECONDS = 15;
    private static final ContentType JSON = ContentType.create("application/json");

    private final Duration streamIdle;
    private final HttpClients clients;
    private final Function<Vendor.Dialect, Dialect> dialects;
    private final RateLimitNews limitNews;
    private final TextMapPropagator propagator;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor limits = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("vendor-call-limits").daemon().factory());

    /**
     * @param maxConnections to one vendor and in all: as many as calls can be in flight
     * @param connectTimeout per address of the vendor's host
     * @param streamIdle how long a vendor may send nothing in the midst of a streamed answer, positive
     */
    public ApacheVendorClient(
            int maxConnections,
            Duration connectTimeout,
            Duration streamIdle,
            ProxyEnvironment proxies,
            Function<Vendor.Dialect, Dialect> dialects,
            RateLimitNews limitNews,
            Telemetry telemetry,
            InstantSource clock) {
        this.streamIdle = streamIdle;
        this.clients = new HttpClients(maxConnections, connectTimeout, proxies);
        this.dialects = dialects;
        this.limitNews = limitNews;
        this.propagator = telemetry.propagator();
        this.clock = clock;
        // Almost every limit is cancelled long before its time; they must not pile up until then.
        limits.setRemoveOnCancelPolicy(true);
        var _ = limits.scheduleWithFixedDelay(clients::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public VendorAnswer call(VendorCall call) throws InterruptedException {
        Vendor vendor = call.candidate().vendor();
        Dialect dialect = dialects.apply(vendor.dialect());
        HttpPost post = post(dialect.request(call), vendor, call.limit());
        return withinLimit(call, post, heard -> {
            VendorResponse response = clients.of(vendor).execute(post, answer -> read(answer, post));
            hear(call, dialect, response, heard);
            return dialect.outcome(response);
        });
    }

    @Override
    public VendorAnswer stream(VendorCall call, ChunkSink sink) throws InterruptedException {
        Vendor vendor = call.candidate().vendor();
        Dialect dialect = dialects.apply(vendor.dialect());
        HttpPost post = post(dialect.streamRequest(call), vendor, call.limit());
        // Compressed, the events would come in lumps.
        post.setConfig(RequestConfig.copy(post.getConfig())
                .setContentCompressionEnabled(false)
                .build());
        return withinLimit(call, post, heard -> {
            HttpHost host = RoutingSupport.determineHost(post);
            ClassicHttpResponse answer = clients.of(vendor).executeOpen(host, post, HttpClientContext.create());
            try (Patience patience = new Patience(streamIdle, limits, post::cancel)) {
                return read(answer, dialect, call, post, patience, sink, heard);
            } finally {
                // Closing alone would read on to the end. An answer that is at its end has no connection any more.
                post.cancel();
                Closer.closeQuietly(answer);
            }
        });
    }

    private VendorOutcome read(
            ClassicHttpResponse answer,
            Dialect dialect,
            VendorCall call,
            HttpPost post,
            Patience patience,
            ChunkSink sink,
            Heard heard)
            throws IOException, InterruptedException {
        VendorResponse head = response(answer, new byte[0]);
        HttpEntity entity = answer.getEntity();
        if (entity != null && StreamedAnswer.isOne(head)) {
            hear(call, dialect, head, heard);
            StreamTranslation translation = dialect.stream(head.receivedAt());
            try {
                return new StreamedAnswer(translation, sink, patience, MAX_RESPONSE_BYTES).read(entity.getContent());
            } finally {
                heard.requestId = heard.requestId.or(translation::requestId);
            }
        }
        VendorResponse response = read(answer, post);
        hear(call, dialect, response, heard);
        VendorOutcome outcome = dialect.outcome(response);
        if (outcome instanceof Completed(var completion)) {
            for (ObjectNode chunk : WholeAnswer.chunks(completion)) {
                sink.take(chunk);
            }
        }
        return outcome;
    }

    /** What a vendor has told of a call, though its answer may never be whole. */
    private static final class Heard {
        private Optional<VendorRequestId> requestId = Optional.empty();
    }

    private void hear(VendorCall call, Dialect dialect, VendorResponse response, Heard heard) {
        heard.requestId = dialect.requestId(response);
        limitNews.told(call.candidate(), dialect.rateLimits(response));
    }

    /** What is done with one call until it has an outcome. */
    @FunctionalInterface
    private interface Exchange {
        VendorOutcome run(Heard heard) throws IOException, HttpException, InterruptedException;
    }

    private VendorAnswer withinLimit(VendorCall call, HttpPost post, Exchange exchange) throws InterruptedException {
        Heard heard = new Heard();
        VendorOutcome outcome = withinLimit(call, post, exchange, heard);
        return new VendorAnswer(outcome, heard.requestId);
    }

    private VendorOutcome withinLimit(VendorCall call, HttpPost post, Exchange exchange, Heard heard)
            throws InterruptedException {
        AtomicBoolean limitReached = new AtomicBoolean();
        Future<?> limit = limits.schedule(
                () -> {
                    limitReached.set(true);
                    post.cancel();
                },
                call.limit().toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return exchange.run(heard);
        } catch (ResponseTooLargeException tooLarge) {
            return new Unusable("the vendor's answer has more than %d bytes".formatted(MAX_RESPONSE_BYTES));
        } catch (HttpException malformed) {
            return new Broken("the vendor's answer is not HTTP");
        } catch (IOException failure) {
            // HttpClient and virtual threads' sockets answer an interrupt with exceptions of many kinds.
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while calling a vendor");
            }
            return limitReached.get()
                    ? new TimedOut(call.limit(), call.hasItsTime())
                    : Failures.outcomeOf(failure, call);
        } finally {
            limit.cancel(false);
        }
    }

    private HttpPost post(VendorRequest request, Vendor vendor, Duration limit) {
        HttpPost post = new HttpPost(request.uri());
        request.headers().forEach(post::setHeader);
        propagator.inject(Context.current(), post, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.setHeader(name, value);
            }
        });
        post.setEntity(new ByteArrayEntity(request.body(), JSON));
        post.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(limit))
                .setResponseTimeout(Timeout.of(vendor.connection().longestSilence(limit)))
                .build());
        return post;
    }

    private VendorResponse read(ClassicHttpResponse response, HttpPost post) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(MAX_RESPONSE_BYTES + 1);
        if (body.length > MAX_RESPONSE_BYTES) {
            // Else the client would read on to the end, to keep the connection.
            post.cancel();
            throw new ResponseTooLargeException();
        }
        return response(response, body);
    }

    private VendorResponse response(ClassicHttpResponse response, byte[] body) {
        Instant now = clock.instant();
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
        }
        // Who refuses a key may well repeat it, and a vendor's errors go to callers.
        byte[] shown = response.getCode() < 400 ? body : SecretMask.maskKnown(body);
        return new VendorResponse(response.getCode(), headers, shown, now);
    }

    /** Cuts off what still runs. */
    @Override
    public void close() {
        limits.shutdownNow();
        clients.close();
    }
}
