package io.genapi.runtime.catalog;

import io.genapi.runtime.catalog.CatalogDocument.VendorEntry;
import io.genapi.runtime.secret.SecretLookup;
import io.genapi.runtime.secret.SecretSources;
import io.genapi.schemas.job.VendorName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes vendors of what the catalog says of them. */
final class VendorEntries {

    private static final Logger LOG = LoggerFactory.getLogger(VendorEntries.class);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    /** A vendor's name is a part of the name of the topic that its parked jobs lie in. */
    private static final Pattern VENDOR_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

    private final CatalogMistakes mistakes;
    private final SecretSources secrets;
    private final boolean keysRequired;
    private final ConnectionEntries connections;
    private final List<String> missing = new ArrayList<>();

    /** @param keysRequired whether a vendor without its keys is left out; else no key is read */
    VendorEntries(CatalogMistakes mistakes, SecretSources secrets, boolean keysRequired) {
        this.mistakes = mistakes;
        this.secrets = secrets;
        this.keysRequired = keysRequired;
        this.connections = new ConnectionEntries(mistakes, keysRequired);
    }

    /** Those that can be called, by name, in the order of the file. */
    Map<VendorName, Vendor> read(Map<String, @Nullable VendorEntry> declared) {
        requireLegal(declared.keySet());
        Map<VendorName, Vendor> vendors = new LinkedHashMap<>();
        declared.forEach((name, entry) -> {
            if (entry == null) {
                throw mistakes.of("vendors." + name, "empty", "give it a base-url");
            }
            vendor(name, entry).ifPresent(vendor -> vendors.put(vendor.name(), vendor));
        });
        return vendors;
    }

    /** Keys that {@link #read} looked for in vain, in sentences. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** The environment variables that hold keys, as a list for people. */
    static String keyNames(Map<String, @Nullable VendorEntry> declared) {
        List<String> names = new ArrayList<>();
        for (VendorEntry entry : declared.values()) {
            if (entry != null) {
                entry.keys().values().stream()
                        .filter(key -> key.startsWith(SecretSources.ENVIRONMENT))
                        .forEach(key -> names.add(key.substring(SecretSources.ENVIRONMENT.length())));
            }
        }
        return String.join(", ", names);
    }

    private void requireLegal(Set<String> names) {
        Map<String, String> taken = new HashMap<>();
        for (String name : names) {
            if (!VENDOR_NAME.matcher(name).matches()) {
                throw mistakes.of(
                        "vendors." + name,
                        "no name that a vendor can have",
                        "write 1 to 100 letters, digits, dots, underscores and hyphens: it is a part of a topic's name");
            }
            // Kafka takes no topics whose names differ in nothing else, since its metrics cannot tell them apart.
            String other = taken.put(name.replace('.', '_'), name);
            if (other != null) {
                throw mistakes.of(
                        "vendors." + name,
                        "too much like '" + other + "'",
                        "give it a name that differs in more than dots and underscores");
            }
        }
    }

    private Optional<Vendor> vendor(String name, VendorEntry entry) {
        String at = "vendors." + name;
        if (entry.apiKey() != null && entry.credentials() != null) {
            throw mistakes.of(at + ".credentials", "given beside api-key", "name all its keys in credentials");
        }
        List<Credential> credentials = keysRequired ? credentials(name, at, entry) : List.of();
        if (keysRequired && credentials.isEmpty() && !entry.keys().isEmpty()) {
            missing.add("Vendor '%s' is left out: its key is not in the environment".formatted(name));
            return Optional.empty();
        }
        Vendor.Dialect dialect = dialect(at + ".dialect", entry.dialect());
        URI baseUrl = baseUrl(at + ".base-url", entry.baseUrl());
        if (dialect == Vendor.Dialect.AZURE_OPENAI) {
            requireVersion(at + ".base-url", baseUrl);
        }
        return Optional.of(new Vendor(
                new VendorName(name),
                dialect,
                baseUrl,
                credentials,
                new RateLimits(
                        limit(at + ".requests-per-minute", entry.requestsPerMinute()),
                        limit(at + ".tokens-per-minute", entry.tokensPerMinute())),
                connections.duration(at + ".timeout", entry.timeout()).orElse(DEFAULT_TIMEOUT),
                Boolean.TRUE.equals(entry.dropUnsupported()),
                connections.read(at, entry),
                Optional.ofNullable(entry.inlineImages()).orElse(dialect == Vendor.Dialect.GEMINI),
                !Boolean.FALSE.equals(entry.streamUsage())));
    }

    private List<Credential> credentials(String vendor, String at, VendorEntry entry) {
        List<Credential> found = new ArrayList<>();
        entry.keys().forEach((name, reference) -> {
            Optional<Credential> credential =
                    credential(entry.apiKey() != null ? at + ".api-key" : at + ".credentials." + name, name, reference);
            credential.ifPresent(found::add);
            if (credential.isEmpty() && entry.keys().size() > 1) {
                missing.add("Vendor '%s' goes without its key '%s', which is not in the environment"
                        .formatted(vendor, name));
            }
        });
        return found;
    }

    private Optional<Credential> credential(String at, String name, String reference) {
        return switch (secrets.look(reference)) {
            case SecretLookup.Found(var secret) -> Optional.of(new Credential(name, secret));
            case SecretLookup.Absent() -> Optional.empty();
            case SecretLookup.Refused(var reason) -> throw mistakes.noSecret(at, reference, reason);
            case SecretLookup.NoReference() -> throw mistakes.noReference(at);
        };
    }

    private Vendor.Dialect dialect(String at, @Nullable String value) {
        if (value == null) {
            return Vendor.Dialect.OPENAI;
        }
        return Arrays.stream(Vendor.Dialect.values())
                .filter(dialect -> spelled(dialect).equals(value))
                .findFirst()
                .orElseThrow(() -> mistakes.of(
                        at,
                        "'" + value + "'",
                        "this version speaks: "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Vendor.Dialect.values())
                                                .map(VendorEntries::spelled)
                                                .toList())));
    }

    private static String spelled(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private URI baseUrl(String at, @Nullable String value) {
        try {
            URI uri = URI.create(
                    value == null ? "" : value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            LOG.debug("{} is malformed", at, malformed);
        }
        throw mistakes.of(at, "'" + value + "'", "write an http or https address such as https://api.openai.com/v1");
    }

    private OptionalLong limit(String at, @Nullable Long value) {
        if (value != null && value < 1) {
            throw mistakes.of(at, "'" + value + "'", "write what one of its keys is allowed, or leave it out");
        }
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private void requireVersion(String at, URI azure) {
        boolean dated = azure.getQuery() != null && azure.getQuery().contains("api-version=");
        if (!dated && !azure.getPath().endsWith("/openai/v1")) {
            throw mistakes.of(
                    at,
                    "'" + azure + "', which says no version of Azure's API",
                    "write https://NAME.openai.azure.com/openai/v1, or"
                            + " https://NAME.openai.azure.com?api-version=2024-10-21");
        }
    }
}
