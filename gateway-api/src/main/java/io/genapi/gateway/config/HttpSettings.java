package io.genapi.gateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What this gateway takes of clients: {@code genapi.gateway.http.*}.
 *
 * @param maxHeadBytes of a request line and its headers; up to 1 MiB. Each call that waits holds as much
 * @param headPatience how long these may take to come, from the first byte on
 * @param corsOrigins whose pages may call it from a browser, such as {@code https://app.example}; none by default, and
 *     {@code *} for all
 */
public record HttpSettings(
        @DefaultValue("8KB") DataSize maxHeadBytes,
        @DefaultValue("20s") Duration headPatience,
        @DefaultValue({}) List<String> corsOrigins) {

    private static final DataSize LEAST_HEAD = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST_HEAD = DataSize.ofMegabytes(1);

    public HttpSettings {
        corsOrigins = List.copyOf(corsOrigins);
        if (maxHeadBytes.compareTo(LEAST_HEAD) < 0 || maxHeadBytes.compareTo(LARGEST_HEAD) > 0) {
            throw new IllegalArgumentException("genapi.gateway.http.max-head-bytes is " + maxHeadBytes.toBytes()
                    + "; set it to " + LEAST_HEAD.toBytes() + " to " + LARGEST_HEAD.toBytes());
        }
        if (!headPatience.isPositive()) {
            throw new IllegalArgumentException("genapi.gateway.http.head-patience is " + headPatience
                    + "; set it to a positive duration such as 20s");
        }
        corsOrigins.stream().filter(origin -> !isOrigin(origin)).findFirst().ifPresent(origin -> {
            throw new IllegalArgumentException("genapi.gateway.http.cors-origins has '" + origin
                    + "'; write origins such as https://app.example, without a path, or * for all");
        });
    }

    private static boolean isOrigin(String text) {
        if (text.equals("*")) {
            return true;
        }
        try {
            URI origin = URI.create(text);
            return origin.getScheme() != null
                    && origin.getHost() != null
                    && origin.getRawPath().isEmpty()
                    && origin.getRawQuery() == null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
