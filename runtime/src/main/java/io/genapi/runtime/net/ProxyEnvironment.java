package io.genapi.runtime.net;

import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that the environment names, by the variables that curl and others read, in capitals or not:
 * {@code HTTPS_PROXY} and {@code HTTP_PROXY} by the scheme of what is called, and {@code NO_PROXY} for exceptions
 * ({@code *}, names that stand for what is below them too, addresses and ranges, each with a port or not). This machine
 * itself is never called through a proxy. Immutable.
 */
public final class ProxyEnvironment {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyEnvironment.class);

    private final Map<String, String> environment;

    public ProxyEnvironment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The proxy between us and that address under a rule; empty if there is none. */
    public Optional<ProxyServer> between(URI address, ProxyRule rule) {
        return switch (rule) {
            case ProxyRule.Direct() -> Optional.empty();
            case ProxyRule.Through(var proxy) -> Optional.of(proxy);
            case ProxyRule.AsEnvironment() -> named(address);
        };
    }

    private Optional<ProxyServer> named(URI address) {
        String variable = "https".equalsIgnoreCase(address.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
        Optional<String> named = variable(variable);
        if (named.isEmpty() || isException(address)) {
            return Optional.empty();
        }
        Optional<ProxyServer> proxy = ProxyServer.read(named.get());
        if (proxy.isEmpty()) {
            LOG.warn("{} is not used: it is no address of a proxy. Set it to one such as http://proxy:3128.", variable);
        }
        return proxy;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private boolean isException(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        Optional<InetAddress> literal = AddressRange.literal(host);
        if (host.equals("localhost")
                || literal.filter(InetAddress::isLoopbackAddress).isPresent()) {
            return true;
        }
        int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
        List<String> exceptions = variable("NO_PROXY")
                .map(list -> Arrays.asList(list.toLowerCase(Locale.ROOT).split("[,\\s]+")))
                .orElse(List.of());
        return exceptions.stream().anyMatch(exception -> covers(exception, host, port, literal));
    }

    private static boolean covers(String exception, String host, int port, Optional<InetAddress> literal) {
        if (exception.equals("*")) {
            return true;
        }
        Optional<AddressRange> range = AddressRange.read(exception);
        if (range.isPresent()) {
            return literal.filter(range.get()::contains).isPresent();
        }
        int colon = exception.lastIndexOf(':');
        String name = colon < 0 ? exception : exception.substring(0, colon);
        if (colon >= 0 && !exception.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String bare = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        return !bare.isEmpty() && (host.equals(bare) || host.endsWith("." + bare));
    }
}
