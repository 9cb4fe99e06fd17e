package io.genapi.runtime.reload;

import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantKey;
import io.genapi.runtime.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one catalog says of tenants otherwise than another; their keys by their names. Pure. */
final class TenantChanges {

    private TenantChanges() {}

    /** In the order of the catalogs. */
    static List<String> between(Tenants before, Tenants after) {
        List<String> changes = new ArrayList<>();
        for (Tenant old : before.all()) {
            after.find(old.id())
                    .ifPresentOrElse(
                            now -> change(old, now).ifPresent(changes::add),
                            () -> changes.add("tenant " + old.id() + " removed"));
        }
        for (Tenant now : after.all()) {
            if (before.find(now.id()).isEmpty()) {
                changes.add("tenant %s added (keys: %s)"
                        .formatted(
                                now.id(),
                                now.keys().isEmpty()
                                        ? "none"
                                        : now.keys().stream()
                                                .map(TenantKey::name)
                                                .collect(Collectors.joining(", "))));
            }
        }
        return changes;
    }

    private static Optional<String> change(Tenant old, Tenant now) {
        if (old.equals(now)) {
            return Optional.empty();
        }
        return Optional.of(new Differences()
                .limit(
                        "requests-per-minute",
                        old.limits().requestsPerMinute(),
                        now.limits().requestsPerMinute())
                .limit(
                        "jobs-in-flight",
                        old.limits().jobsInFlight(),
                        now.limits().jobsInFlight())
                .limit(
                        "tokens-per-day",
                        old.limits().tokensPerDay(),
                        now.limits().tokensPerDay())
                .value("models", old.models(), now.models())
                .value("operator", old.operator(), now.operator())
                .keys(old.keys(), now.keys(), TenantKey::name)
                .told("tenant " + now.id()));
    }
}
