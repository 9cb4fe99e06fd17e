package io.genapi.worker.http;

import io.genapi.runtime.net.ProxyServer;
import io.genapi.runtime.outbound.HandshakeStrategy;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client and the pool of its connections: kept alive, and nothing done on its own account.
 *
 * @param alive whether it can still make calls
 */
record WiredClient(CloseableHttpClient client, ConnPoolControl<HttpRoute> connections, BooleanSupplier alive) {

    private static final Logger LOG = LoggerFactory.getLogger(WiredClient.class);

    /** Shorter than load balancers keep idle connections, so that we are the ones who close them. */
    private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(30);

    /** A connection that is used for ever would lead to where its vendor has moved away from. */
    private static final TimeValue TIME_TO_LIVE = TimeValue.ofMinutes(5);

    /** Looks hosts up anew for each connection, as far as the JVM does. */
    private static final Addresses ADDRESSES = new Addresses(SystemDefaultDnsResolver.INSTANCE, TIME_TO_LIVE);

    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    /**
     * In bytes. A call holds three of them for as long as it takes, and thousands of calls are in flight: the client's
     * default of 32 KiB would be 2 GB for 20,000.
     */
    private static final int BUFFER_SIZE = 2_048;

    /** They only move bytes; calls wait in threads of their own. */
    private static final int READING_THREADS = 2;

    private static final String TUNNEL_USED = "genapi.tunnel-used";

    /**
     * Where hosts are.
     *
     * @param life how long a connection is used, and so an address that the host may have left
     */
    record Addresses(DnsResolver resolver, TimeValue life) {}

    static WiredClient of(HttpClients.Wiring wiring, int maxConnections) {
        return of(wiring, maxConnections, ADDRESSES);
    }

    static WiredClient of(HttpClients.Wiring wiring, int maxConnections, Addresses addresses) {
        return wiring.http2()
                ? negotiating(wiring, maxConnections, addresses)
                : classic(wiring, maxConnections, addresses);
    }

    /** Speaks HTTP/2 where the vendor does too; each connection has one call at a time all the same. */
    private static WiredClient negotiating(HttpClients.Wiring wiring, int maxConnections, Addresses addresses) {
        PoolingAsyncClientConnectionManager connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(HandshakeStrategy.trusting(wiring.authorities()))
                .setDnsResolver(addresses.resolver())
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setDefaultConnectionConfig(connection(wiring, addresses))
                .setDefaultTlsConfig(handshake(wiring))
                .build();
        CloseableHttpAsyncClient client = HttpAsyncClientBuilder.create()
                .setConnectionManager(connections)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(READING_THREADS)
                        .build())
                .setIoReactorExceptionCallback(failure -> LOG.debug("A client's reading of connections ends", failure))
                .setH2Config(H2Config.custom().setPushEnabled(false).build())
                .setKeepAliveStrategy((_, _) -> KEEP_ALIVE)
                .setUserAgent("genapi-broker")
                .disableRequestPriority()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
        client.start();
        NegotiatingClient negotiating = new NegotiatingClient(client);
        return new WiredClient(negotiating, connections, negotiating::isAlive);
    }

    private static ConnectionConfig connection(HttpClients.Wiring wiring, Addresses addresses) {
        return ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(wiring.connectTimeout()))
                .setValidateAfterInactivity(VALIDATE_AFTER)
                .setTimeToLive(addresses.life())
                .build();
    }

    private static TlsConfig handshake(HttpClients.Wiring wiring) {
        return TlsConfig.custom()
                .setHandshakeTimeout(Timeout.of(wiring.connectTimeout()))
                .build();
    }

    private static WiredClient classic(HttpClients.Wiring wiring, int maxConnections, Addresses addresses) {
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(
                                Http1Config.custom().setBufferSize(BUFFER_SIZE).build())
                        .build())
                .setTlsSocketStrategy(HandshakeStrategy.trusting(wiring.authorities()))
                .setDnsResolver(addresses.resolver())
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setDefaultConnectionConfig(connection(wiring, addresses))
                .setDefaultTlsConfig(handshake(wiring))
                .build();
        HttpClientBuilder client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.DEFAULT)
                .setKeepAliveStrategy((_, _) -> KEEP_ALIVE)
                .setUserAgent("genapi-broker")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
        wiring.proxy().ifPresent(proxy -> through(proxy, client));
        return new WiredClient(client.build(), connections, () -> true);
    }

    private static void through(ProxyServer proxy, HttpClientBuilder client) {
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        client.setProxy(host);
        client.addExecInterceptorFirst("tunnel-made", WiredClient::requireTunnel);
        client.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "tunnel-use", (request, scope, chain) -> {
            scope.clientContext.setAttribute(TUNNEL_USED, true);
            return chain.proceed(request, scope);
        });
        proxy.login().ifPresent(login -> {
            BasicCredentialsProvider logins = new BasicCredentialsProvider();
            logins.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            login.user(), login.password().reveal().toCharArray()));
            client.setDefaultCredentialsProvider(logins);
        });
    }

    /** Else the client would hand on a proxy's refusal as if it were the vendor's answer. */
    private static ClassicHttpResponse requireTunnel(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (scope.clientContext.getAttribute(TUNNEL_USED) == null) {
            response.close();
            throw new ProxyRefusedException(response.getCode());
        }
        return response;
    }

    boolean isAlive() {
        return alive.getAsBoolean();
    }

    void sweep() {
        connections.closeExpired();
        connections.closeIdle(KEEP_ALIVE);
    }
}
