package io.genapi.runtime.catalog;

import io.genapi.runtime.catalog.CatalogDocument.VendorEntry;
import io.genapi.runtime.net.CertificateFile;
import io.genapi.runtime.net.ProxyRule;
import io.genapi.runtime.net.ProxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;

/** Reads what the catalog says of a vendor's connections. */
final class ConnectionEntries {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEntries.class);

    private final CatalogMistakes mistakes;
    private final boolean forCalls;

    /** @param forCalls whether the files that are named are read; they need not be where nobody is called */
    ConnectionEntries(CatalogMistakes mistakes, boolean forCalls) {
        this.mistakes = mistakes;
        this.forCalls = forCalls;
    }

    /** @param at the vendor's place in the catalog */
    Connection read(String at, VendorEntry entry) {
        ProxyRule proxy = proxy(at + ".proxy", entry.proxy());
        Optional<String> caFile = Optional.ofNullable(entry.caFile()).filter(_ -> forCalls);
        return new Connection(
                duration(at + ".connect-timeout", entry.connectTimeout()),
                duration(at + ".read-timeout", entry.readTimeout()),
                proxy,
                caFile.map(file -> authorities(at + ".ca-file", file)).orElse(List.of()),
                caFile.map(this::besideCatalog),
                Boolean.TRUE.equals(entry.http2()));
    }

    /** Empty where nothing is written. */
    Optional<Duration> duration(String at, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            Duration duration = DurationStyle.detectAndParse(value);
            if (duration.isPositive()) {
                return Optional.of(duration);
            }
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            LOG.debug("{} is malformed", at, malformed);
        }
        throw mistakes.of(at, "'" + value + "'", "write a positive duration such as 90s or 10m");
    }

    private ProxyRule proxy(String at, @Nullable String value) {
        if (value == null) {
            return new ProxyRule.AsEnvironment();
        }
        if (value.equals("none")) {
            return new ProxyRule.Direct();
        }
        if (value.contains("@")) {
            throw mistakes.of(
                    at,
                    "an address with a login",
                    "passwords do not belong in this file; set the environment variable HTTPS_PROXY to it, and leave this out");
        }
        return ProxyServer.read(value)
                .map(ProxyRule.Through::new)
                .orElseThrow(() -> mistakes.of(
                        at, "'" + value + "'", "write an address such as http://proxy:3128, or none to use no proxy"));
    }

    private Path besideCatalog(String name) {
        return mistakes.file().resolveSibling(name);
    }

    private List<X509Certificate> authorities(String at, String value) {
        try {
            return CertificateFile.read(besideCatalog(value));
        } catch (IOException unreadable) {
            throw mistakes.of(
                    at,
                    "'" + value + "', which cannot be read",
                    "name a readable file, by a path from the catalog's own");
        } catch (CertificateException malformed) {
            LOG.debug("{} is malformed", at, malformed);
        }
        throw mistakes.of(
                at,
                "'" + value + "', which holds no certificate",
                "name a PEM file with the certificate of the authority that signed the vendor's");
    }
}
