package io.genapi.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A vendor catalog in which simulators are the vendors. */
public final class SimulatedCatalog {

    private static final String KEY = "CHAOS_API_KEY";

    /** What services need that read it. */
    public static final Map<String, String> ENVIRONMENT = Map.of(KEY, "sk-not-needed-here");

    private SimulatedCatalog() {}

    /**
     * Writes it into a file of the directory.
     *
     * @param urls what {@code base-url} wants, by the vendor's name
     * @param timeout of a call
     * @param models public model names, each with the vendors that serve it
     */
    public static Path write(
            Path directory, Map<String, String> urls, Duration timeout, Map<String, List<String>> models) {
        StringBuilder yaml = new StringBuilder("vendors:\n");
        urls.forEach((vendor, url) -> yaml.append("  %s: { base-url: \"%s\", api-key: \"env:%s\", timeout: %dms }%n"
                .formatted(vendor, url, KEY, timeout.toMillis())));
        yaml.append("models:\n");
        models.forEach((model, vendors) -> {
            yaml.append("  %s:%n".formatted(model));
            vendors.forEach(vendor -> yaml.append("    - { vendor: %s }%n".formatted(vendor)));
        });
        try {
            return Files.writeString(directory.resolve("genapi.yaml"), yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
