package io.genapi.runtime.outbound;

import io.genapi.runtime.net.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Has HttpClient dial what a resolver of ours returned, and nothing else: it looks up nothing itself. Of a host with many
 * addresses only the first few are tried, or one that leads nowhere would take a connect timeout for each. Thread-safe.
 */
public final class GuardedDns implements DnsResolver {

    private static final int MOST_ADDRESSES = 3;

    private final HostResolver resolver;

    /** @param resolver that refuses what may not be dialled */
    public GuardedDns(HostResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return resolver.resolve(host).stream().limit(MOST_ADDRESSES).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
