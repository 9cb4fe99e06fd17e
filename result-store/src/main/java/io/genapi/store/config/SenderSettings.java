package io.genapi.store.config;

import io.genapi.runtime.net.CertificateFile;
import io.genapi.runtime.service.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How webhooks are sent: {@code genapi.webhook.sender.*}.
 *
 * @param enabled whether this store sends; those that have no way out can leave it to the others
 * @param timeout of one attempt, from looking up its receiver to the head of its answer; at most 60s
 * @param maxInFlight attempts at once
 * @param maxInFlightPerEndpoint of one endpoint, at most as many as that
 * @param resultLimit the largest result that goes into a message
 * @param grace for what runs when the process stops
 * @param caFile certificates in PEM that are trusted beside those that the JDK trusts, for receivers that are not public;
 *     empty for none
 */
@ConfigurationProperties("genapi.webhook.sender")
public record SenderSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("2000") int maxInFlight,
        @DefaultValue("64") int maxInFlightPerEndpoint,
        @DefaultValue("256KB") DataSize resultLimit,
        @DefaultValue("20s") Duration grace,
        @DefaultValue("") String caFile) {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final DataSize LARGEST = DataSize.ofMegabytes(8);

    public SenderSettings {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw wrong("timeout", timeout, "a duration of up to 60s, such as 15s");
        }
        if (grace.isNegative()) {
            throw wrong("grace", grace, "a duration such as 20s, or 0s");
        }
        if (maxInFlight < 2 || maxInFlight > 10_000) {
            throw wrong("max-in-flight", maxInFlight, "a number from 2 to 10000");
        }
        if (maxInFlightPerEndpoint < 1 || maxInFlightPerEndpoint > maxInFlight) {
            throw wrong(
                    "max-in-flight-per-endpoint",
                    maxInFlightPerEndpoint,
                    "a number from 1 to genapi.webhook.sender.max-in-flight, which is " + maxInFlight);
        }
        if (resultLimit.toBytes() < 0 || resultLimit.compareTo(LARGEST) > 0) {
            throw wrong("result-limit", resultLimit, "a size of up to 8MB, such as 256KB");
        }
    }

    private static IllegalArgumentException wrong(String name, Object value, String remedy) {
        return new IllegalArgumentException(
                "genapi.webhook.sender.%s is %s; set it to %s".formatted(name, value, remedy));
    }

    /** Half of all: whoever has many endpoints that hang still leaves room for others. */
    int maxInFlightPerTenant() {
        return Math.max(maxInFlightPerEndpoint, maxInFlight / 2);
    }

    /** @throws StartException if the file holds none */
    List<X509Certificate> authorities() {
        if (caFile.isBlank()) {
            return List.of();
        }
        try {
            return CertificateFile.read(Path.of(caFile));
        } catch (IOException | CertificateException unreadable) {
            throw new StartException(
                    "genapi.webhook.sender.ca-file is '%s', which holds no certificate that can be read (%s); name a PEM file with the certificate of the authority that signed your receivers'"
                            .formatted(caFile, unreadable.getMessage()));
        }
    }
}
