package io.genapi.worker.http;

import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.net.ProxyServer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The clients that vendors are called with: one for all vendors that are connected to alike, so that a vendor's settings
 * can change while calls to it go on. Thread-safe.
 */
final class HttpClients implements AutoCloseable {

    private final int maxConnections;
    private final Duration connectTimeout;
    private final ProxyEnvironment proxies;
    private final Map<Wiring, WiredClient> clients = new ConcurrentHashMap<>();

    /** What connections have in common that one client makes. */
    record Wiring(Duration connectTimeout, Optional<ProxyServer> proxy, List<X509Certificate> authorities) {}

    /**
     * @param maxConnections to one vendor and in all, of each client
     * @param connectTimeout where the vendor's own settings name none
     */
    HttpClients(int maxConnections, Duration connectTimeout, ProxyEnvironment proxies) {
        this.maxConnections = maxConnections;
        this.connectTimeout = connectTimeout;
        this.proxies = proxies;
    }

    /** The client for calls to a vendor; not to be closed by its user. */
    CloseableHttpClient of(Vendor vendor) {
        Wiring wiring = new Wiring(
                vendor.connection().connectTimeout().orElse(connectTimeout),
                proxies.between(vendor.baseUrl(), vendor.connection().proxy()),
                vendor.connection().authorities());
        return clients.computeIfAbsent(wiring, wanted -> WiredClient.of(wanted, maxConnections))
                .client();
    }

    /** Closes connections that nobody has used for a while, before their other ends do. */
    void sweep() {
        clients.values().forEach(WiredClient::sweep);
    }

    /** Cuts off what still runs. */
    @Override
    public void close() {
        clients.values().forEach(wired -> wired.client().close(CloseMode.IMMEDIATE));
    }
}
