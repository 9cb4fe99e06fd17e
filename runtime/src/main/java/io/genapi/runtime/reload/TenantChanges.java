package io.genapi.runtime.reload;

import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantKey;
import io.genapi.runtime.tenant.Tenants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
        List<String> parts = new ArrayList<>();
        part(
                "requests-per-minute",
                word(old.limits().requestsPerMinute()),
                word(now.limits().requestsPerMinute()),
                parts);
        part(
                "jobs-in-flight",
                word(old.limits().jobsInFlight()),
                word(now.limits().jobsInFlight()),
                parts);
        part(
                "tokens-per-day",
                word(old.limits().tokensPerDay()),
                word(now.limits().tokensPerDay()),
                parts);
        part("models", old.models(), now.models(), parts);
        part("operator", old.operator(), now.operator(), parts);
        keys(old, now, parts);
        return Optional.of("tenant %s: %s".formatted(now.id(), parts.isEmpty() ? "details" : String.join(", ", parts)));
    }

    private static void keys(Tenant old, Tenant now, List<String> parts) {
        Map<String, TenantKey> left = new LinkedHashMap<>();
        old.keys().forEach(key -> left.put(key.name(), key));
        for (TenantKey key : now.keys()) {
            TenantKey known = left.remove(key.name());
            if (known == null) {
                parts.add("key " + key.name() + " added");
            } else if (!known.equals(key)) {
                parts.add("key " + key.name() + " changed");
            }
        }
        left.keySet().forEach(name -> parts.add("key " + name + " removed"));
    }

    private static void part(String setting, Object old, Object now, List<String> parts) {
        if (!old.equals(now)) {
            parts.add("%s %s instead of %s".formatted(setting, now, old));
        }
    }

    private static String word(OptionalLong limit) {
        return limit.isPresent() ? Long.toString(limit.getAsLong()) : "none";
    }
}
