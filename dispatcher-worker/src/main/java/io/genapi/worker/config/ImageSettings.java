package io.genapi.worker.config;

import io.genapi.runtime.net.AddressPolicy;
import io.genapi.worker.image.ImageRules;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How images are fetched that requests name by their addresses, for vendors that are sent them whole:
 * {@code genapi.worker.images.*}.
 *
 * @param maxBytes of all images of one request together, 1KB to 1GB
 * @param timeout of one image
 * @param memory that the images of all calls together may take, beside what else a worker holds; at least
 *     {@code max-bytes}
 * @param allow hosts, addresses and ranges (10.1.0.0/16) that are fetched from though they are not public
 */
public record ImageSettings(
        @DefaultValue("20MB") DataSize maxBytes,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("128MB") DataSize memory,
        @DefaultValue({}) List<String> allow) {

    private static final DataSize MOST = DataSize.ofGigabytes(1);
    private static final DataSize MOST_MEMORY = DataSize.ofTerabytes(1);

    public ImageSettings {
        allow = List.copyOf(allow);
        if (maxBytes.toKilobytes() < 1 || maxBytes.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "genapi.worker.images.max-bytes is %s; set it to 1KB to 1GB, such as 20MB".formatted(maxBytes));
        }
        if (memory.compareTo(maxBytes) < 0 || memory.compareTo(MOST_MEMORY) > 0) {
            throw new IllegalArgumentException(
                    "genapi.worker.images.memory is %s; set it to at least genapi.worker.images.max-bytes, which is %s, and at most 1TB"
                            .formatted(memory, maxBytes));
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "genapi.worker.images.timeout is %s; set it to a positive duration such as 20s".formatted(timeout));
        }
    }

    ImageRules rules() {
        return new ImageRules(Math.toIntExact(maxBytes.toBytes()), timeout, memory.toBytes());
    }

    AddressPolicy policy() {
        return AddressPolicy.allowing(allow);
    }
}
