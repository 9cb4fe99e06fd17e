package io.genapi.worker.route;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Route;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.attempt.Attempt;
import io.genapi.worker.attempt.History;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.route.Routing.Served;
import io.genapi.worker.route.Routing.Unserved;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Finds who can serve a job, and in which order they are asked. Thread-safe if its dice are. */
public final class Router {

    private final Supplier<VendorCatalog> catalogs;
    private final Function<Vendor.Dialect, Dialect> dialects;
    private final Speeds speeds;
    private final Ranking ranking;

    /** @param catalogs the one that counts, asked once for each job */
    public Router(
            Supplier<VendorCatalog> catalogs,
            Function<Vendor.Dialect, Dialect> dialects,
            RandomGenerator random,
            InstantSource clock) {
        this.catalogs = catalogs;
        this.dialects = dialects;
        this.speeds = new Speeds(clock);
        this.ranking = new Ranking(speeds, random);
    }

    /**
     * @param tenant who may not be allowed all models
     * @param restriction the only vendor that may serve the job
     */
    public Routing route(ChatRequestBody body, TenantId tenant, Optional<VendorName> restriction) {
        VendorCatalog catalog = catalogs.get();
        if (restriction.isPresent() && catalog.vendor(restriction.get()).isEmpty()) {
            return new Unserved(unknownVendor(restriction.get(), catalog));
        }
        Optional<Route> route = catalog.route(body.model());
        // In the same words, so that nobody learns which models others have.
        if (route.isEmpty() || !catalog.tenants().allows(tenant, body.model())) {
            return new Unserved(ApiError.invalidRequest(
                    404,
                    "model_not_found",
                    "model",
                    "The model `%s` does not exist or you do not have access to it.".formatted(body.model())));
        }
        List<Candidate> all = route.get().candidates();
        List<Candidate> allowed = all.stream()
                .filter(candidate ->
                        restriction.isEmpty() || candidate.vendor().name().equals(restriction.get()))
                .toList();
        if (allowed.isEmpty()) {
            return new Unserved(servedByOthers(body.model(), restriction.orElseThrow(), all));
        }
        Abilities.Choice choice = Abilities.among(allowed, body);
        return choice.objection()
                .<Routing>map(Unserved::new)
                .orElseGet(() -> askable(body, new Route(route.get().strategy(), choice.able())));
    }

    /**
     * Who might serve a model, whatever is asked of it; nobody where that is for {@link #route} to say.
     *
     * @param tenant who may not be allowed all models
     * @param restriction the only vendor that may
     */
    public List<Candidate> candidates(ModelName model, TenantId tenant, Optional<VendorName> restriction) {
        VendorCatalog catalog = catalogs.get();
        return catalog.route(model).filter(_ -> catalog.tenants().allows(tenant, model)).stream()
                .flatMap(route -> route.candidates().stream())
                .filter(candidate ->
                        restriction.isEmpty() || candidate.vendor().name().equals(restriction.get()))
                .toList();
    }

    /** Those among the candidates who can be asked all of it; if nobody can, the first one's objection. */
    private Routing askable(ChatRequestBody body, Route route) {
        Map<Vendor, Optional<ApiError>> objections = new LinkedHashMap<>();
        List<Candidate> askable = route.candidates().stream()
                .filter(candidate -> objections
                        .computeIfAbsent(
                                candidate.vendor(),
                                vendor -> dialects.apply(vendor.dialect()).objection(body, vendor))
                        .isEmpty())
                .toList();
        return askable.isEmpty()
                ? new Unserved(objections.values().iterator().next().orElseThrow())
                : new Served(new Route(route.strategy(), askable));
    }

    /**
     * The candidates in the order in which to try them: those that were not tried yet come first, the one that was
     * tried last comes last. Within that the order is the strategy's. Those that the job is impossible for are left out.
     */
    public List<Candidate> ranked(Route route, History history) {
        List<Candidate> ranked = new ArrayList<>(ranking.of(route.strategy(), history.left(route.candidates())));
        List<Attempt> attempts = history.since();
        ranked.sort(Comparator.comparing(history::hasTried)
                .thenComparing(each ->
                        !attempts.isEmpty() && attempts.getLast().candidate().equals(each)));
        return List.copyOf(ranked);
    }

    /** Learns from an attempt how fast its candidate is. */
    public void learn(Attempt attempt) {
        if (attempt.outcome() instanceof VendorOutcome.Completed) {
            speeds.answered(attempt.candidate(), attempt.took());
        }
    }

    private static ApiError unknownVendor(VendorName vendor, VendorCatalog catalog) {
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
