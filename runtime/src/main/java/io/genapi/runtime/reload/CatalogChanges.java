package io.genapi.runtime.reload;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Capabilities;
import io.genapi.runtime.catalog.Credential;
import io.genapi.runtime.catalog.Route;
import io.genapi.runtime.catalog.Strategy;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.job.ModelName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What one catalog says otherwise than another, in words that show no secret. Pure. */
final class CatalogChanges {

    private static final ModelName ANY = new ModelName("*");

    /** What of an address' query is no secret. */
    private static final Pattern PUBLIC_QUERY = Pattern.compile("api-version=[a-zA-Z0-9._-]+");

    private CatalogChanges() {}

    /** In the order of the catalogs: vendors, models, tenants; empty only if they are equal. */
    static List<String> between(VendorCatalog before, VendorCatalog after) {
        List<String> changes = new ArrayList<>();
        vendors(before, after, changes);
        models(before, after, changes);
        changes.addAll(TenantChanges.between(before.tenants(), after.tenants()));
        if (changes.isEmpty() && !isSame(before, after)) {
            changes.add("order or details");
        }
        return List.copyOf(changes);
    }

    private static boolean isSame(VendorCatalog before, VendorCatalog after) {
        return before.vendors().equals(after.vendors())
                && before.models().equals(after.models())
                && before.routes().equals(after.routes())
                && before.tenants().all().equals(after.tenants().all());
    }

    private static void vendors(VendorCatalog before, VendorCatalog after, List<String> changes) {
        for (Vendor old : before.vendors()) {
            after.vendor(old.name())
                    .ifPresentOrElse(
                            now -> vendor(old, now).ifPresent(changes::add),
                            () -> changes.add("vendor " + old.name() + " removed"));
        }
        for (Vendor now : after.vendors()) {
            if (before.vendor(now.name()).isEmpty()) {
                changes.add("vendor %s added (%s)".formatted(now.name(), place(now.baseUrl())));
            }
        }
    }

    private static Optional<String> vendor(Vendor old, Vendor now) {
        if (old.equals(now)) {
            return Optional.empty();
        }
        return Optional.of(new Differences()
                .value("base-url", place(old.baseUrl()), place(now.baseUrl()))
                .value("dialect", old.dialect(), now.dialect())
                .limit(
                        "requests-per-minute",
                        old.limits().requests(),
                        now.limits().requests())
                .limit("tokens-per-minute", old.limits().tokens(), now.limits().tokens())
                .value("timeout", old.timeout(), now.timeout())
                .value("drop-unsupported", old.dropUnsupported(), now.dropUnsupported())
                .value(
                        "connect-timeout",
                        word(old.connection().connectTimeout()),
                        word(now.connection().connectTimeout()))
                .value(
                        "read-timeout",
                        word(old.connection().readTimeout()),
                        word(now.connection().readTimeout()))
                .value("proxy", old.connection().proxy(), now.connection().proxy())
                .content(
                        "ca-file",
                        old.connection().authorities(),
                        now.connection().authorities())
                .value("http2", old.connection().http2(), now.connection().http2())
                .value("inline-images", old.inlineImages(), now.inlineImages())
                .value("stream-usage", old.streamUsage(), now.streamUsage())
                .keys(old.credentials(), now.credentials(), Credential::name)
                .told("vendor " + now.name()));
    }

    private static String word(Optional<Duration> duration) {
        return duration.map(Duration::toString).orElse("none");
    }

    /** An address without what somebody may have put there to get in. */
    private static String place(URI address) {
        String query = Optional.ofNullable(address.getRawQuery()).orElse("");
        return "%s://%s%s%s%s"
                .formatted(
                        address.getScheme(),
                        address.getHost(),
                        address.getPort() < 0 ? "" : ":" + address.getPort(),
                        address.getRawPath(),
                        PUBLIC_QUERY.matcher(query).matches() ? "?" + query : "");
    }

    private static void models(VendorCatalog before, VendorCatalog after, List<String> changes) {
        Set<ModelName> names = new LinkedHashSet<>(before.models());
        names.addAll(after.models());
        names.add(ANY);
        for (ModelName name : names) {
            Optional<String> old = own(before, name).map(CatalogChanges::described);
            Optional<String> now = own(after, name).map(CatalogChanges::described);
            if (now.isEmpty()) {
                old.ifPresent(_ -> changes.add("model " + name + " removed"));
            } else if (old.isEmpty()) {
                changes.add("model %s added (%s)".formatted(name, now.get()));
            } else if (!old.equals(now)) {
                changes.add("model %s: %s instead of %s".formatted(name, now.get(), old.get()));
            }
        }
    }

    /** What the catalog says of that name; not what it says of any. */
    private static Optional<Route> own(VendorCatalog catalog, ModelName name) {
        return name.equals(ANY) || catalog.models().contains(name) ? catalog.route(name) : Optional.empty();
    }

    private static String described(Route route) {
        String candidates = route.candidates().stream()
                .map(candidate -> described(candidate, route.strategy()))
                .collect(Collectors.joining(", "));
        return route.strategy() == Strategy.EVEN ? candidates : Differences.word(route.strategy()) + ": " + candidates;
    }

    private static String described(Candidate candidate, Strategy strategy) {
        StringBuilder text = new StringBuilder(candidate.vendor().name().value());
        candidate.credential().ifPresent(key -> text.append('/').append(key.name()));
        text.append(' ').append(candidate.vendorModel());
        if (strategy == Strategy.WEIGHTED) {
            text.append(" weight ").append(candidate.weight());
        }
        Capabilities can = candidate.capabilities();
        text.append(can.tools() ? "" : " without tools")
                .append(can.vision() ? "" : " without vision")
                .append(can.streaming() ? "" : " without streaming");
        can.maxContext().ifPresent(most -> text.append(" up to ").append(most).append(" tokens"));
        return text.toString();
    }
}
