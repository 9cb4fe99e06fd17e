package io.genapi.runtime.catalog;

import io.genapi.runtime.catalog.CatalogDocument.CandidateEntry;
import io.genapi.runtime.catalog.CatalogDocument.RouteEntry;
import io.genapi.runtime.catalog.CatalogDocument.VendorEntry;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.VendorName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes routes of what the catalog says of models. */
final class RouteEntries {

    private final CatalogMistakes mistakes;
    private final Map<String, @Nullable VendorEntry> declared;
    private final Map<VendorName, Vendor> callable;

    /**
     * @param declared every vendor of the file
     * @param callable those of them that can be called
     */
    RouteEntries(
            CatalogMistakes mistakes, Map<String, @Nullable VendorEntry> declared, Map<VendorName, Vendor> callable) {
        this.mistakes = mistakes;
        this.declared = declared;
        this.callable = callable;
    }

    /** The models that somebody serves, in the order of the file. */
    Map<ModelName, Route> read(Map<String, @Nullable JsonNode> models) {
        Map<ModelName, Route> routes = new LinkedHashMap<>();
        models.forEach((name, node) ->
                route("models." + name, name, node).ifPresent(route -> routes.put(new ModelName(name), route)));
        return routes;
    }

    private Optional<Route> route(String at, String model, @Nullable JsonNode node) {
        RouteEntry entry = entry(at, node);
        List<CandidateEntry> entries = entry.candidates();
        if (entries == null || entries.isEmpty()) {
            throw mistakes.of(at, "empty", "list at least one vendor for it");
        }
        Strategy strategy = strategy(at + ".strategy", entry.strategy());
        List<Candidate> candidates = new ArrayList<>();
        for (CandidateEntry each : entries) {
            if (each.weight() != null && strategy != Strategy.WEIGHTED) {
                throw mistakes.of(
                        at + ".weight", "given, but nobody looks at it", "say strategy: weighted, or leave it out");
            }
            candidates.addAll(candidates(at, model, each));
        }
        return candidates.isEmpty() ? Optional.empty() : Optional.of(new Route(strategy, candidates));
    }

    private RouteEntry entry(String at, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            throw mistakes.of(at, "empty", "list at least one vendor for it");
        }
        try {
            return CatalogDocument.route(node);
        } catch (JacksonException malformed) {
            throw mistakes.of(
                    at,
                    "not understood (" + malformed.getOriginalMessage() + ")",
                    "write a list such as [{ vendor: openai, model: gpt-4o }], or strategy and candidates");
        }
    }

    private Strategy strategy(String at, @Nullable String value) {
        if (value == null) {
            return Strategy.EVEN;
        }
        return Arrays.stream(Strategy.values())
                .filter(strategy -> strategy.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> mistakes.of(at, "'" + value + "'", "write even, weighted, fallback or fastest"));
    }

    /** One for each key of the vendor that is to be used: with equal parts of the weight. */
    private List<Candidate> candidates(String at, String model, CandidateEntry entry) {
        String vendorName = entry.vendor();
        VendorEntry vendorEntry = vendorName == null ? null : declared.get(vendorName);
        if (vendorName == null || vendorEntry == null) {
            throw mistakes.of(at + ".vendor", "'" + vendorName + "'", "name one of " + declared.keySet());
        }
        String only = entry.credential();
        if (only != null && !vendorEntry.keys().containsKey(only)) {
            throw mistakes.of(
                    at + ".credential",
                    "'" + only + "'",
                    "name one of " + vendorEntry.keys().keySet() + ", or leave it out to use all");
        }
        Vendor vendor = callable.get(new VendorName(vendorName));
        if (vendor == null) {
            return List.of();
        }
        List<Optional<Credential>> keys = keys(vendor, only);
        double weight = (double) weight(at + ".weight", entry.weight()) / keys.size();
        String vendorModel = entry.model() == null ? model : entry.model();
        Capabilities capabilities = capabilities(at, entry);
        return keys.stream()
                .map(key -> new Candidate(vendor, key, vendorModel, vendorModel.equals("*"), weight, capabilities))
                .toList();
    }

    private static List<Optional<Credential>> keys(Vendor vendor, @Nullable String only) {
        return vendor.credentials().isEmpty()
                ? List.of(Optional.empty())
                : vendor.credentials().stream()
                        .filter(key -> only == null || key.name().equals(only))
                        .map(Optional::of)
                        .toList();
    }

    private int weight(String at, @Nullable Integer weight) {
        if (weight != null && (weight < 1 || weight > 1_000_000)) {
            throw mistakes.of(at, "'" + weight + "'", "write a whole number from 1 to 1000000");
        }
        return weight == null ? 1 : weight;
    }

    private Capabilities capabilities(String at, CandidateEntry entry) {
        Integer context = entry.maxContext();
        if (context != null && context < 1) {
            throw mistakes.of(at + ".max-context", "'" + context + "'", "write how many tokens a prompt may have");
        }
        return new Capabilities(
                !Boolean.FALSE.equals(entry.tools()),
                !Boolean.FALSE.equals(entry.vision()),
                !Boolean.FALSE.equals(entry.streaming()),
                context == null ? OptionalInt.empty() : OptionalInt.of(context));
    }
}
