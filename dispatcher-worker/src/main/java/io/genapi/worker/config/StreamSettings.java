package io.genapi.worker.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers are streamed: {@code genapi.worker.stream.*}.
 *
 * @param idleTimeout how long a vendor may send nothing, not even a comment or a ping, in the midst of an answer; up to
 *     its first byte the vendor's own timeout counts alone. 1s to 1h
 * @param restart whether a job whose answer broke off after some of it was published is tried again, which publishes the
 *     new answer from its beginning, as another run; otherwise it fails
 */
public record StreamSettings(
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("false") boolean restart) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    public StreamSettings {
        if (idleTimeout.compareTo(SHORTEST) < 0 || idleTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "genapi.worker.stream.idle-timeout is %s; set it to 1s to 1h, such as 60s".formatted(idleTimeout));
        }
    }
}
