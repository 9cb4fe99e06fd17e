package io.genapi.worker.route;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.attempt.Attempt;
import io.genapi.worker.attempt.History;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.route.Routing.Served;
import io.genapi.worker.route.Routing.Unserved;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Finds who can serve a job, and spreads jobs evenly over them. Thread-safe if its dice are. */
public final class Router {

    private final VendorCatalog catalog;
    private final Function<Vendor.Dialect, Dialect> dialects;
    private final RandomGenerator random;

    public Router(VendorCatalog catalog, Function<Vendor.Dialect, Dialect> dialects, RandomGenerator random) {
        this.catalog = catalog;
        this.dialects = dialects;
        this.random = random;
    }

    /** @param restriction the only vendor that may serve the job */
    public Routing route(ChatRequestBody body, Optional<VendorName> restriction) {
        ModelName model = body.model();
        List<Candidate> all = catalog.candidates(model);
        if (restriction.isPresent() && catalog.vendor(restriction.get()).isEmpty()) {
            return new Unserved(unknownVendor(restriction.get()));
        }
        if (all.isEmpty()) {
            return new Unserved(ApiError.invalidRequest(
                    404,
                    "model_not_found",
                    "model",
                    "The model `%s` does not exist or you do not have access to it.".formatted(model)));
        }
        List<Candidate> allowed = all.stream()
                .filter(candidate ->
                        restriction.isEmpty() || candidate.vendor().name().equals(restriction.get()))
                .toList();
        return allowed.isEmpty()
                ? new Unserved(servedByOthers(model, restriction.orElseThrow(), all))
                : able(body, allowed);
    }

    /** Those among the candidates who can be asked all of it; if nobody can, the first one's objection. */
    private Routing able(ChatRequestBody body, List<Candidate> candidates) {
        Map<Vendor, Optional<ApiError>> objections = new LinkedHashMap<>();
        List<Candidate> able = candidates.stream()
                .filter(candidate -> objections
                        .computeIfAbsent(
                                candidate.vendor(),
                                vendor -> dialects.apply(vendor.dialect()).objection(body, vendor))
                        .isEmpty())
                .toList();
        return able.isEmpty()
                ? new Unserved(objections.values().iterator().next().orElseThrow())
                : new Served(able);
    }

    /**
     * The candidates in the order in which to try them: those that were not tried yet come first, the one that was
     * tried last comes last. Within that each order is equally likely.
     */
    public List<Candidate> ranked(List<Candidate> candidates, History history) {
        List<Candidate> ranked = new ArrayList<>(candidates);
        // Not Collections.shuffle, which wants another kind of dice.
        for (int next = 0; next < ranked.size() - 1; next++) {
            Collections.swap(ranked, next, next + random.nextInt(ranked.size() - next));
        }
        List<Attempt> attempts = history.since();
        ranked.sort(Comparator.comparing(history::hasTried)
                .thenComparing(each ->
                        !attempts.isEmpty() && attempts.getLast().candidate().equals(each)));
        return List.copyOf(ranked);
    }

    private ApiError unknownVendor(VendorName vendor) {
        return invalidVendor("'%s' is not a vendor of this broker. Send one of %s, or none."
                .formatted(
                        vendor,
                        catalog.vendors().stream()
                                .map(each -> each.name().value())
                                .toList()));
    }

    private static ApiError servedByOthers(ModelName model, VendorName vendor, List<Candidate> all) {
        return invalidVendor("'%s' does not serve the model `%s`. Send one of %s, or none."
                .formatted(
                        vendor,
                        model,
                        all.stream()
                                .map(each -> each.vendor().name().value())
                                .distinct()
                                .toList()));
    }

    private static ApiError invalidVendor(String what) {
        return ApiError.invalidRequest(400, "invalid_value", "vendor", "Invalid value for 'vendor': " + what);
    }
}
