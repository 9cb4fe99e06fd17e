package io.genapi.gateway.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How answers are streamed: {@code genapi.gateway.stream.*}.
 *
 * @param headerPatience how long the response's headers wait for the first piece, so that an error may have its own
 *     status; as long as the keep-alive by default, so that no proxy sees a longer silence
 * @param keepAlive between two signs of life where no piece comes
 * @param buffer of one stream: what its reader may lag behind before it is read from Kafka again
 * @param maxReaders streams that are read from Kafka at once, with a consumer each
 * @param maxFollowers streams that are followed by a job's id at once
 */
public record StreamSettings(
        @DefaultValue("15s") Duration headerPatience,
        @DefaultValue("15s") Duration keepAlive,
        @DefaultValue("256KB") DataSize buffer,
        @DefaultValue("64") int maxReaders,
        @DefaultValue("1000") int maxFollowers) {

    public StreamSettings {
        if (headerPatience.isNegative()) {
            throw new IllegalArgumentException("genapi.gateway.stream.header-patience is " + headerPatience
                    + "; set it to a duration such as 15s, or to 0s");
        }
        if (!keepAlive.isPositive()) {
            throw new IllegalArgumentException(
                    "genapi.gateway.stream.keep-alive is " + keepAlive + "; set it to a positive duration such as 15s");
        }
        if (buffer.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "genapi.gateway.stream.buffer is " + buffer.toBytes() + "; set it to a size such as 256KB");
        }
        requireOne("max-readers", maxReaders);
        requireOne("max-followers", maxFollowers);
    }

    private static void requireOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "genapi.gateway.stream." + name + " is " + value + "; set it to at least 1");
        }
    }
}
