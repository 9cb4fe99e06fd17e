package io.genapi.runtime.catalog;

import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.VendorName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vendors, the models that they serve, and the tenants that ask for them. Immutable. */
public final class VendorCatalog {

    private static final ModelName WILDCARD = new ModelName("*");
    private static final VendorName SIMULATOR = new VendorName("simulator");

    private final Map<VendorName, Vendor> vendors;
    private final Map<ModelName, Route> models;
    private final Tenants tenants;

    VendorCatalog(Map<VendorName, Vendor> vendors, Map<ModelName, Route> models, Tenants tenants) {
        this.vendors = Collections.unmodifiableMap(new LinkedHashMap<>(vendors));
        this.models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        this.tenants = tenants;
    }

    public List<Vendor> vendors() {
        return List.copyOf(vendors.values());
    }

    public Optional<Vendor> vendor(VendorName name) {
        return Optional.ofNullable(vendors.get(name));
    }

    /** What was read beside the catalog's own file. */
    public List<Path> files() {
        return vendors.values().stream()
                .flatMap(vendor -> vendor.connection().caFile().stream())
                .distinct()
                .toList();
    }

    public Tenants tenants() {
        return tenants;
    }

    /** The public names, in the order of the file; a {@code "*"} route is not among them. */
    public List<ModelName> models() {
        return models.keySet().stream().filter(name -> !name.equals(WILDCARD)).toList();
    }

    /**
     * Who serves a model; empty if nobody. A {@code "*"} route serves every model that has no route of its own, under
     * the caller's name for it.
     */
    public Optional<Route> route(ModelName model) {
        Route own = models.get(model);
        return own != null
                ? Optional.of(own)
                : Optional.ofNullable(models.get(WILDCARD)).map(any -> named(any, model));
    }

    /** Those of the file, its {@code "*"} route among them. */
    public List<Route> routes() {
        return List.copyOf(models.values());
    }

    /** Who can serve a model, in the order of the file; none if nobody. */
    public List<Candidate> candidates(ModelName model) {
        return route(model).map(Route::candidates).orElse(List.of());
    }

    private static Route named(Route any, ModelName model) {
        return new Route(
                any.strategy(),
                any.candidates().stream()
                        .map(each -> each.vendorModel().equals(WILDCARD.value()) ? each.calledAs(model.value()) : each)
                        .toList());
    }

    /** The same models and tenants, all served by one vendor simulator. */
    public VendorCatalog simulatedBy(URI baseUrl) {
        Vendor simulator = new Vendor(
                SIMULATOR,
                Vendor.Dialect.OPENAI,
                baseUrl,
                List.of(),
                RateLimits.NONE,
                Duration.ofMinutes(10),
                false,
                Connection.PLAIN,
                false,
                true);
        Map<ModelName, Route> simulated = new LinkedHashMap<>();
        models.forEach((name, _) -> simulated.put(
                name,
                new Route(
                        Strategy.EVEN,
                        List.of(new Candidate(
                                simulator, Optional.empty(), name.value(), false, 1, Capabilities.ALL)))));
        return new VendorCatalog(Map.of(SIMULATOR, simulator), simulated, tenants);
    }
}
