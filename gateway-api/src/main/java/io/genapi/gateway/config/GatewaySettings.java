package io.genapi.gateway.config;

import io.genapi.runtime.kafka.KafkaSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How this gateway takes and answers requests: {@code genapi.gateway.*}.
 *
 * @param maxBodyBytes of one request; up to 11 MiB, since a Kafka record holds 12
 * @param waitDeadline of a job whose caller waits, and of that wait
 * @param asyncDeadline of a job whose caller asks for it later
 * @param publishPatience how long Kafka may take to confirm a job; at least 2 s
 * @param ownershipPatience how long a submission waits for this gateway to receive results
 * @param lookupPatience how long a result store that is busy with itself is asked again; longer than it takes until
 *     the others notice that one of them was killed (its session timeout, 6 s) and have taken over
 * @param storePatience how long one result store instance may take for an answer
 * @param safetyNet how long a waiting call trusts a result to come before it asks the store
 * @param drain how long waiting calls may go on when the gateway stops; less than
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}
 * @param maxWaitingCalls at once
 * @param maxWaitingReads polls that wait and streams of jobs that are there already, of one tenant at once; without
 *     tenants, of all callers together
 * @param cancelOnDisconnect whether a job is cancelled whose caller goes away while it waits for the answer
 * @param comebackGrace before that; a client whose connection broke sends its request again meanwhile, and goes on
 *     waiting for the same job
 * @param open whether other machines may come in without a key, where the catalog names no tenants
 */
@ConfigurationProperties("genapi.gateway")
public record GatewaySettings(
        @DefaultValue("10MB") DataSize maxBodyBytes,
        @DefaultValue("10m") Duration waitDeadline,
        @DefaultValue("24h") Duration asyncDeadline,
        @DefaultValue("15s") Duration publishPatience,
        @DefaultValue("2s") Duration ownershipPatience,
        @DefaultValue("12s") Duration lookupPatience,
        @DefaultValue("5s") Duration storePatience,
        @DefaultValue("30s") Duration safetyNet,
        @DefaultValue("25s") Duration drain,
        @DefaultValue("10000") int maxWaitingCalls,
        @DefaultValue("2000") int maxWaitingReads,
        @DefaultValue("true") boolean cancelOnDisconnect,
        @DefaultValue("3s") Duration comebackGrace,
        @DefaultValue("false") boolean open,
        @DefaultValue StreamSettings stream,
        @DefaultValue HttpSettings http,
        @DefaultValue BatchSettings batch,
        @DefaultValue ClaimCheckSettings claimCheck,
        @DefaultValue WebhookSettings webhook,
        @DefaultValue Disk disk) {

    private static final DataSize LARGEST_BODY = DataSize.ofBytes(KafkaSettings.MAX_RECORD_BYTES - (1 << 20));

    private static final Duration LEAST_PUBLISH_PATIENCE = Duration.ofSeconds(2);

    /**
     * A disk to keep an eye on, where Kafka's is this machine's.
     *
     * @param path a directory on it; none where Kafka runs elsewhere; text, because Spring reads a relative path as the
     *     web application's
     * @param minFree below this, no job is taken
     */
    public record Disk(
            @Nullable String path, @DefaultValue("256MB") DataSize minFree) {

        public Disk {
            if (path != null && !Files.exists(Path.of(path))) {
                throw new IllegalArgumentException("genapi.gateway.disk.path is '" + path
                        + "', which does not exist; name a directory on the disk that Kafka writes to");
            }
        }

        Optional<Path> directory() {
            return Optional.ofNullable(path).map(Path::of);
        }
    }

    public GatewaySettings {
        if (maxBodyBytes.toBytes() < 1 || maxBodyBytes.compareTo(LARGEST_BODY) > 0) {
            throw new IllegalArgumentException("genapi.gateway.max-body-bytes is " + maxBodyBytes.toBytes()
                    + "; set it to 1 to " + LARGEST_BODY.toBytes());
        }
        if (maxWaitingCalls < 1) {
            throw new IllegalArgumentException(
                    "genapi.gateway.max-waiting-calls is " + maxWaitingCalls + "; set it to at least 1");
        }
        if (maxWaitingReads < 1) {
            throw new IllegalArgumentException(
                    "genapi.gateway.max-waiting-reads is " + maxWaitingReads + "; set it to at least 1");
        }
        requirePositive("wait-deadline", waitDeadline);
        requirePositive("async-deadline", asyncDeadline);
        if (publishPatience.compareTo(LEAST_PUBLISH_PATIENCE) < 0) {
            throw new IllegalArgumentException("genapi.gateway.publish-patience is " + publishPatience
                    + "; set it to at least " + LEAST_PUBLISH_PATIENCE.toSeconds()
                    + "s, so that one request to Kafka fits in");
        }
        requirePositive("store-patience", storePatience);
        requirePositive("safety-net", safetyNet);
        requireNotNegative("ownership-patience", ownershipPatience);
        requireNotNegative("lookup-patience", lookupPatience);
        requireNotNegative("comeback-grace", comebackGrace);
        requireNotNegative("drain", drain);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "genapi.gateway." + name + " is " + value + "; set it to a positive duration such as 5s or 10m");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "genapi.gateway." + name + " is " + value + "; set it to a duration such as 5s, or to 0s");
        }
    }
}
