package io.genapi.worker.http;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** HTTP as vendor calls need it: pooled and kept alive, and nothing done on its own account. */
final class HttpClients {

    /** Shorter than load balancers keep idle connections, so that we are the ones who close them. */
    private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(30);

    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    /**
     * In bytes. A call holds three of them for as long as it takes, and thousands of calls are in flight: the client's
     * default of 32 KiB would be 2 GB for 20,000.
     */
    private static final int BUFFER_SIZE = 2_048;

    private HttpClients() {}

    static CloseableHttpClient create(int maxConnections, Duration connectTimeout) {
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setBufferSize(BUFFER_SIZE)
                                        .build())
                                .build())
                        .setMaxConnTotal(maxConnections)
                        .setMaxConnPerRoute(maxConnections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connectTimeout))
                                .setValidateAfterInactivity(VALIDATE_AFTER)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.DEFAULT)
                .setKeepAliveStrategy((_, _) -> KEEP_ALIVE)
                .setUserAgent("genapi-broker")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}
