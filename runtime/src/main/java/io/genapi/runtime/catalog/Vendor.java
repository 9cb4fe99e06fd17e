package io.genapi.runtime.catalog;

import io.genapi.schemas.job.VendorName;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Somebody who answers chat completions.
 *
 * @param baseUrl what the dialect's paths are appended to, such as {@code https://api.openai.com/v1}; Azure's may name
 *     an {@code api-version} in its query
 * @param credentials between which its calls are spread; none where the vendor asks for none
 * @param limits of each of its keys
 * @param timeout of one call, from connecting to the last byte
 * @param dropUnsupported whether what the vendor cannot be asked is left out, rather than refused
 * @param connection how it is reached
 * @param inlineImages whether it is sent the images themselves instead of their addresses
 * @param streamUsage whether it can be asked, with {@code stream_options}, what a streamed answer cost
 */
public record Vendor(
        VendorName name,
        Dialect dialect,
        URI baseUrl,
        List<Credential> credentials,
        RateLimits limits,
        Duration timeout,
        boolean dropUnsupported,
        Connection connection,
        boolean inlineImages,
        boolean streamUsage) {

    public Vendor {
        credentials = List.copyOf(credentials);
    }

    /** How a vendor wants to be spoken to. */
    public enum Dialect {
        OPENAI,
        AZURE_OPENAI,
        ANTHROPIC,
        GEMINI
    }
}
