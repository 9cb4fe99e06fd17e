package io.genapi.worker.route;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.attempt.Attempt;
import io.genapi.worker.route.Routing.Served;
import io.genapi.worker.route.Routing.Unserved;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Finds who can serve a job, and spreads jobs evenly over them. Thread-safe if its dice are. */
public final class Router {

    private final VendorCatalog catalog;
    private final RandomGenerator random;

    public Router(VendorCatalog catalog, RandomGenerator random) {
        this.catalog = catalog;
        this.random = random;
    }

    /** @param restriction the only vendor that may serve the job */
    public Routing route(ModelName model, Optional<VendorName> restriction) {
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
                : new Served(allowed);
    }

    /**
     * One of the candidates, each equally likely; after a failed attempt one that was not tried yet, or at least not
     * just now, where there is one.
     */
    public Candidate choose(List<Candidate> candidates, List<Attempt> history) {
        List<Candidate> tried = history.stream().map(Attempt::candidate).toList();
        List<Candidate> fresh = without(candidates, tried::contains);
        if (fresh.isEmpty()) {
            fresh = without(candidates, tried.getLast()::equals);
        }
        List<Candidate> eligible = fresh.isEmpty() ? candidates : fresh;
        return eligible.get(random.nextInt(eligible.size()));
    }

    private static List<Candidate> without(List<Candidate> candidates, Predicate<Candidate> excluded) {
        return candidates.stream().filter(excluded.negate()).toList();
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
