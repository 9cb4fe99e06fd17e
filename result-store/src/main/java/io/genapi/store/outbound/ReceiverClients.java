package io.genapi.store.outbound;

import io.genapi.runtime.outbound.GuardedDns;
import io.genapi.runtime.outbound.HandshakeStrategy;
import io.genapi.runtime.webhook.ReceiverHosts;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes clients that dial checked addresses alone, and do nothing on their own account.
 *
 * @param authorities trusted beside those that the JDK trusts
 * @param maxConnections of one client, to one receiver and in all
 * @param connectTimeout for each of a host's addresses, of which {@link GuardedDns} hands out a few; and for TLS
 */
public record ReceiverClients(
        ReceiverHosts hosts, List<X509Certificate> authorities, int maxConnections, Duration connectTimeout) {

    private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(10);

    /** A connection that is used for ever would lead to where its receiver has moved away from. */
    private static final TimeValue TIME_TO_LIVE = TimeValue.ofMinutes(1);

    /** In bytes; an attempt holds three of them. */
    private static final int BUFFER_SIZE = 2_048;

    private static final int LONGEST_LINE = 8_192;
    private static final int MOST_HEADERS = 100;

    /** @param scheme whose receivers it is for */
    CloseableHttpClient of(String scheme) {
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setBufferSize(BUFFER_SIZE)
                                        .setMaxLineLength(LONGEST_LINE)
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .build())
                                .build())
                        .setTlsSocketStrategy(HandshakeStrategy.trusting(authorities))
                        .setDnsResolver(new GuardedDns(host -> hosts.resolve(scheme, host)))
                        .setMaxConnTotal(maxConnections)
                        .setMaxConnPerRoute(maxConnections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connectTimeout))
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                                .setTimeToLive(TIME_TO_LIVE)
                                .build())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(Timeout.of(connectTimeout))
                                .build())
                        .build())
                // Whatever takes long is cut off from outside.
                .setDefaultRequestConfig(RequestConfig.DEFAULT)
                .setKeepAliveStrategy((_, _) -> KEEP_ALIVE)
                .evictIdleConnections(KEEP_ALIVE)
                .setUserAgent("genapi-broker")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
