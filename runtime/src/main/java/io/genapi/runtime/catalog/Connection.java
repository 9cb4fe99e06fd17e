package io.genapi.runtime.catalog;

import io.genapi.runtime.net.ProxyRule;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a vendor is connected to.
 *
 * @param connectTimeout to each address of its host, the TLS handshake too; empty for the worker's own
 * @param readTimeout the longest silence before and within an answer; empty for no other than the call's timeout
 * @param authorities whose certificates are trusted beside those that the JDK trusts
 * @param caFile where they were read from; empty where none was
 * @param http2 whether HTTP/2 is spoken with it over TLS, if it speaks that and no proxy is between
 */
public record Connection(
        Optional<Duration> connectTimeout,
        Optional<Duration> readTimeout,
        ProxyRule proxy,
        List<X509Certificate> authorities,
        Optional<Path> caFile,
        boolean http2) {

    /** What counts for a vendor of which the catalog says nothing else. */
    public static final Connection PLAIN = new Connection(
            Optional.empty(), Optional.empty(), new ProxyRule.AsEnvironment(), List.of(), Optional.empty(), false);

    public Connection {
        authorities = List.copyOf(authorities);
    }

    /** The longest silence of a call that may take that long in all. */
    public Duration longestSilence(Duration callLimit) {
        return readTimeout.filter(silence -> silence.compareTo(callLimit) < 0).orElse(callLimit);
    }
}
