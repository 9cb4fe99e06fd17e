package io.genapi.runtime.catalog;

import io.genapi.runtime.service.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The catalog's file as it is written: shapes only, nothing is known to make sense yet. */
record CatalogDocument(
        @Nullable Map<String, @Nullable VendorEntry> vendors,
        @Nullable Map<String, @Nullable JsonNode> models,
        @Nullable Map<String, @Nullable TenantEntry> tenants) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    record VendorEntry(
            @Nullable String dialect,
            @Nullable String baseUrl,
            @Nullable String apiKey,
            @Nullable Map<String, String> credentials,
            @Nullable Long requestsPerMinute,
            @Nullable Long tokensPerMinute,
            @Nullable String timeout,
            @Nullable Boolean dropUnsupported,
            @Nullable String connectTimeout,
            @Nullable String readTimeout,
            @Nullable String proxy,
            @Nullable String caFile,
            @Nullable Boolean http2,
            @Nullable Boolean inlineImages,
            @Nullable Boolean streamUsage) {

        /** The references to its keys by their names. */
        Map<String, String> keys() {
            if (credentials != null) {
                return credentials;
            }
            return apiKey == null ? Map.of() : Map.of(ONLY_KEY, apiKey);
        }
    }

    /** The name of the key of a vendor that has but one. */
    static final String ONLY_KEY = "api-key";

    record RouteEntry(@Nullable String strategy, @Nullable List<CandidateEntry> candidates) {}

    record CandidateEntry(
            @Nullable String vendor,
            @Nullable String model,
            @Nullable String credential,
            @Nullable Integer weight,
            @Nullable Boolean tools,
            @Nullable Boolean vision,
            @Nullable Boolean streaming,
            @Nullable Integer maxContext) {}

    record TenantEntry(
            @Nullable List<@Nullable KeyEntry> keys,
            @Nullable Long requestsPerMinute,
            @Nullable Long jobsInFlight,
            @Nullable Long tokensPerDay,
            @Nullable List<@Nullable String> models,
            @Nullable Boolean operator) {}

    record KeyEntry(
            @Nullable String name,
            @Nullable String sha256,
            @Nullable String created) {}

    static CatalogDocument read(Path file) {
        if (!Files.isReadable(file)) {
            throw new StartException(
                    "The vendor catalog '%s' cannot be read. Name another file with --config FILE.".formatted(file));
        }
        try {
            return YAML.readValue(file.toFile(), CatalogDocument.class);
        } catch (JacksonException malformed) {
            throw new StartException("The vendor catalog '%s' is not understood: %s%s"
                    .formatted(file, malformed.getOriginalMessage(), place(malformed)));
        }
    }

    private static String place(JacksonException malformed) {
        return Optional.ofNullable(malformed.getLocation())
                .map(at -> " (line " + at.getLineNr() + ")")
                .orElse("");
    }

    /** A route as a list of candidates, or as an object that has one. */
    static RouteEntry route(JsonNode node) {
        return node.isArray()
                ? new RouteEntry(null, List.of(YAML.treeToValue(node, CandidateEntry[].class)))
                : YAML.treeToValue(node, RouteEntry.class);
    }
}
