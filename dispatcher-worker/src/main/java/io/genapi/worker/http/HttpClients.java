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

    /**
     * What connections have in common that one client makes.
     *
     * @param http2 whether it is spoken with who speaks it
     */
    record Wiring(
            Duration connectTimeout, Optional<ProxyServer> proxy, List<X509Certificate> authorities, boolean http2) {}

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
        Optional<ProxyServer> proxy =
                proxies.between(vendor.baseUrl(), vendor.connection().proxy());
        Wiring wiring = new Wiring(
                vendor.connection().connectTimeout().orElse(connectTimeout),
                proxy,
                vendor.connection().authorities(),
                // A proxy's refusals can be told from the vendor's answers by the classic client alone.
                vendor.connection().http2() && proxy.isEmpty());
        WiredClient known = clients.get(wiring);
        if (known != null && known.isAlive()) {
            return known.client();
        }
        return clients.compute(
                        wiring,
                        (wanted, now) -> now != null && now.isAlive() ? now : WiredClient.of(wanted, maxConnections))
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
