package io.genapi.worker.http;

import io.genapi.runtime.net.ForbiddenAddressException;
import io.genapi.runtime.net.GuardedHosts;
import io.genapi.runtime.net.LookUpBusyException;
import io.genapi.runtime.net.LookUpTimeoutException;
import io.genapi.runtime.outbound.GuardedDns;
import io.genapi.worker.image.ImageSource;
import io.genapi.worker.image.ImageTypes;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches images with Apache HttpClient, never through a proxy: what is dialled is what {@link GuardedHosts} looked at,
 * for each address anew. No connection is used twice, and nothing is unpacked. Thread-safe.
 */
public final class ApacheImageSource implements ImageSource, AutoCloseable {

    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_CONNECTIONS = 256;
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor limits = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("image-fetch-limits").daemon().factory());

    public ApacheImageSource(GuardedHosts hosts) {
        this.client = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedDns(hosts::resolve))
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT_TIMEOUT)
                                .build())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(CONNECT_TIMEOUT)
                                .build())
                        .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setUserAgent("genapi-broker")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
        limits.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Fetching fetch(URI address, Set<String> types, int maxBytes, Duration limit) throws InterruptedException {
        AtomicReference<@Nullable HttpGet> running = new AtomicReference<>();
        Future<?> end = limits.schedule(() -> cut(running), limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            URI at = address;
            for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
                Answer answer = get(at, types, maxBytes, running);
                switch (answer) {
                    case Ended(var fetching) -> {
                        return fetching;
                    }
                    case Moved(var to) -> at = to;
                }
            }
            return new Fetching.Refused("it moved more than %d times".formatted(MOST_REDIRECTS), false);
        } finally {
            end.cancel(false);
        }
    }

    private sealed interface Answer {}

    private record Ended(Fetching fetching) implements Answer {}

    private record Moved(URI to) implements Answer {}

    /** Whichever of the calls runs; those that follow are not made. */
    private static void cut(AtomicReference<@Nullable HttpGet> running) {
        HttpGet last = running.getAndSet(OVER);
        if (last != null) {
            last.cancel();
        }
    }

    private static final Answer TOO_LONG = refused("it took too long", false);

    private static final HttpGet OVER = new HttpGet(URI.create("http://over.invalid/"));

    private Answer get(URI at, Set<String> types, int maxBytes, AtomicReference<@Nullable HttpGet> running)
            throws InterruptedException {
        String scheme = String.valueOf(at.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || at.getHost() == null || at.getRawUserInfo() != null) {
            return refused("it is no plain address of http or https", false);
        }
        HttpGet get = new HttpGet(at);
        get.setHeader("Accept", String.join(", ", types));
        HttpGet before = running.get();
        if (before == OVER || !running.compareAndSet(before, get)) {
            return TOO_LONG;
        }
        try {
            return client.execute(get, answer -> read(answer, at, types, maxBytes, get));
        } catch (ForbiddenAddressException forbidden) {
            return refused("it leads to an address of " + forbidden.purpose(), false);
        } catch (LookUpTimeoutException late) {
            return refused("that host could not be looked up in time", true);
        } catch (LookUpBusyException busy) {
            return refused("too many hosts were being looked up", true);
        } catch (UnknownHostException unknown) {
            return refused("that host is unknown", true);
        } catch (IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while fetching an image");
            }
            return running.get() == OVER ? TOO_LONG : refused("no whole answer came", true);
        }
    }

    private static Answer read(ClassicHttpResponse answer, URI at, Set<String> types, int maxBytes, HttpGet get)
            throws IOException {
        int status = answer.getCode();
        if (status >= 301 && status <= 308 && status != 304 && status != 306) {
            get.cancel();
            return moved(answer, at);
        }
        if (status != 200) {
            get.cancel();
            return refused("the answer has status " + status, status >= 500 || status == 429 || status == 408);
        }
        HttpEntity entity = answer.getEntity();
        if (entity == null || entity.getContentLength() > maxBytes) {
            get.cancel();
            return entity == null ? refused("the answer is empty", false) : tooLarge(maxBytes);
        }
        byte[] bytes = entity.getContent().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            get.cancel();
            return tooLarge(maxBytes);
        }
        return ImageTypes.of(Optional.ofNullable(entity.getContentType()), bytes)
                .filter(types::contains)
                .<Answer>map(type -> new Ended(new Fetching.Fetched(type, bytes)))
                .orElseGet(() -> refused(
                        "it is none of "
                                + String.join(", ", types.stream().sorted().toList()),
                        false));
    }

    private static Answer moved(ClassicHttpResponse answer, URI at) {
        Header location = answer.getFirstHeader("Location");
        try {
            return location == null
                    ? refused("it moved without saying where to", false)
                    : new Moved(at.resolve(URI.create(location.getValue().strip())));
        } catch (IllegalArgumentException malformed) {
            return refused("it moved without saying where to", false);
        }
    }

    private static Answer tooLarge(int maxBytes) {
        return refused("it has more than the %d bytes that are left for it".formatted(maxBytes), false);
    }

    private static Answer refused(String reason, boolean passing) {
        return new Ended(new Fetching.Refused(reason, passing));
    }

    /** Cuts off what still runs. */
    @Override
    public void close() {
        limits.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
