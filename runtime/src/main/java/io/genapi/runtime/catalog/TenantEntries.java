package io.genapi.runtime.catalog;

import io.genapi.runtime.catalog.CatalogDocument.KeyEntry;
import io.genapi.runtime.catalog.CatalogDocument.TenantEntry;
import io.genapi.runtime.tenant.AllowedModels;
import io.genapi.runtime.tenant.KeyHash;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantKey;
import io.genapi.runtime.tenant.TenantLimits;
import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.TenantId;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tenants of what the catalog says of them. */
final class TenantEntries {

    private static final String NAME_RULE = "write 1 to 64 letters, digits, dots, underscores and hyphens";

    private final CatalogMistakes mistakes;

    /** Where each hash was found. */
    private final Map<KeyHash, String> taken = new HashMap<>();

    TenantEntries(CatalogMistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** In the order of the file. */
    Tenants read(Map<String, @Nullable TenantEntry> declared) {
        List<Tenant> tenants = new ArrayList<>();
        declared.forEach((name, entry) -> {
            String at = "tenants." + name;
            if (!Tenant.isName(name)) {
                throw mistakes.of(at, "no name that a tenant can have", NAME_RULE);
            }
            if (entry == null) {
                throw mistakes.of(at, "empty", "write { keys: [] }, and then ./genapi keys create " + name);
            }
            tenants.add(tenant(at, name, entry));
        });
        return new Tenants(tenants);
    }

    private Tenant tenant(String at, String name, TenantEntry entry) {
        return new Tenant(
                new TenantId(name),
                keys(at + ".keys", entry.keys()),
                new TenantLimits(
                        limit(at + ".requests-per-minute", entry.requestsPerMinute()),
                        limit(at + ".jobs-in-flight", entry.jobsInFlight()),
                        limit(at + ".tokens-per-day", entry.tokensPerDay())),
                models(at + ".models", entry.models()),
                Boolean.TRUE.equals(entry.operator()));
    }

    private List<TenantKey> keys(String at, @Nullable List<@Nullable KeyEntry> entries) {
        List<TenantKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (KeyEntry entry : entries == null ? List.<KeyEntry>of() : entries) {
            String name = entry == null || entry.name() == null ? "" : entry.name();
            if (entry == null || !Tenant.isName(name)) {
                throw mistakes.of(at + "[" + keys.size() + "].name", "'" + name + "'", NAME_RULE);
            }
            if (!names.add(name)) {
                throw mistakes.of(at + "." + name, "given twice", "give each of its keys a name of its own");
            }
            String place = at + "." + name;
            keys.add(new TenantKey(
                    name, hash(place + ".sha256", entry.sha256()), created(place + ".created", entry.created())));
        }
        return keys;
    }

    private KeyHash hash(String at, @Nullable String hex) {
        // What is wrong is not shown: somebody may have put the key itself there.
        KeyHash hash = KeyHash.parse(hex == null ? "" : hex)
                .orElseThrow(() -> mistakes.of(
                        at,
                        "no SHA-256",
                        "write the 64 hexadecimal digits that ./genapi keys create prints; keys themselves do not belong"
                                + " in this file"));
        String other = taken.put(hash, at);
        if (other != null) {
            throw mistakes.of(at, "the same as " + other, "make a key for each with ./genapi keys create");
        }
        return hash;
    }

    private Optional<LocalDate> created(String at, @Nullable String date) {
        try {
            return Optional.ofNullable(date).map(LocalDate::parse);
        } catch (DateTimeParseException malformed) {
            throw mistakes.of(at, "'" + date + "'", "write a day such as 2026-01-31, or leave it out");
        }
    }

    private OptionalLong limit(String at, @Nullable Long value) {
        if (value != null && value < 1) {
            throw mistakes.of(at, "'" + value + "'", "write how many the tenant may have, or leave it out");
        }
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private AllowedModels models(String at, @Nullable List<@Nullable String> patterns) {
        if (patterns == null) {
            return AllowedModels.ALL;
        }
        List<String> read = new ArrayList<>();
        for (String pattern : patterns) {
            int star = pattern == null ? 0 : pattern.indexOf('*');
            if (pattern == null || pattern.isBlank() || (star >= 0 && star < pattern.length() - 1)) {
                throw mistakes.of(
                        at, "'" + pattern + "'", "write models' names, or beginnings of names such as \"gpt-4o*\"");
            }
            read.add(pattern);
        }
        return new AllowedModels(read);
    }
}
