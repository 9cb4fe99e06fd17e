package io.genapi.runtime.catalog;

import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.VendorName;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code config/genapi.yaml}. Every mistake in it is told with the setting, its value and the remedy. */
public final class CatalogFile {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogFile.class);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final String ENVIRONMENT = "env:";

    /** A vendor's name is a part of the name of the topic that its parked jobs lie in. */
    private static final Pattern VENDOR_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final Map<String, String> environment;
    private final boolean keysRequired;

    /** The file as it is written. */
    private record Document(
            @Nullable Map<String, @Nullable VendorEntry> vendors,
            @Nullable Map<String, @Nullable List<CandidateEntry>> models) {}

    private record VendorEntry(
            @Nullable String dialect,
            @Nullable String baseUrl,
            @Nullable String apiKey,
            @Nullable String timeout,
            @Nullable Boolean dropUnsupported) {}

    private record CandidateEntry(
            @Nullable String vendor, @Nullable String model) {}

    private CatalogFile(Path file, Map<String, String> environment, boolean keysRequired) {
        this.file = file;
        this.environment = environment;
        this.keysRequired = keysRequired;
    }

    /**
     * The catalog as declared. A vendor whose key is not in the environment is left out, with a warning; models that
     * only it served are left out too.
     *
     * @throws NoVendorKeyException if no vendor is left
     * @throws StartException if the file cannot be read or has a mistake
     */
    public static VendorCatalog read(Path file, Map<String, String> environment) {
        return new CatalogFile(file, environment, true).read();
    }

    /** The catalog as declared, for who only names its models: no key is needed, and none is read. */
    public static VendorCatalog readDeclared(Path file) {
        return new CatalogFile(file, Map.of(), false).read();
    }

    /** The catalog with the vendor simulator in place of every vendor; no key is needed. */
    public static VendorCatalog readSimulated(Path file, URI simulator) {
        return new CatalogFile(file, Map.of(), false).read().simulatedBy(simulator);
    }

    private VendorCatalog read() {
        Document document = parse();
        Map<VendorName, Vendor> vendors = new LinkedHashMap<>();
        Map<String, @Nullable VendorEntry> declared = orEmpty(document.vendors());
        requireLegal(declared.keySet());
        declared.forEach((name, entry) -> {
            if (entry == null) {
                throw mistake("vendors." + name, "empty", "give it a base-url");
            }
            vendor(name, entry).ifPresent(vendor -> vendors.put(vendor.name(), vendor));
        });
        if (vendors.isEmpty()) {
            throw new NoVendorKeyException(file, keyNames(declared));
        }
        declared.keySet().stream()
                .filter(name -> !vendors.containsKey(new VendorName(name)))
                .forEach(name -> LOG.warn("Vendor '{}' is left out: its key is not in the environment", name));
        Map<ModelName, List<Candidate>> models = new LinkedHashMap<>();
        orEmpty(document.models()).forEach((name, entries) -> {
            List<Candidate> candidates = candidates(name, entries, declared, vendors);
            if (!candidates.isEmpty()) {
                models.put(new ModelName(name), candidates);
            }
        });
        return new VendorCatalog(vendors, models);
    }

    private void requireLegal(Set<String> names) {
        Map<String, String> taken = new HashMap<>();
        for (String name : names) {
            if (!VENDOR_NAME.matcher(name).matches()) {
                throw mistake(
                        "vendors." + name,
                        "no name that a vendor can have",
                        "write 1 to 100 letters, digits, dots, underscores and hyphens: it is a part of a topic's name");
            }
            // Kafka takes no topics whose names differ in nothing else, since its metrics cannot tell them apart.
            String other = taken.put(name.replace('.', '_'), name);
            if (other != null) {
                throw mistake(
                        "vendors." + name,
                        "too much like '" + other + "'",
                        "give it a name that differs in more than dots and underscores");
            }
        }
    }

    private Document parse() {
        if (!Files.isReadable(file)) {
            throw new StartException(
                    "The vendor catalog '%s' cannot be read. Name another file with --config FILE.".formatted(file));
        }
        try {
            return YAML.readValue(file.toFile(), Document.class);
        } catch (JacksonException malformed) {
            throw new StartException("The vendor catalog '%s' is not understood: %s"
                    .formatted(
                            file,
                            malformed.getOriginalMessage()
                                    + Optional.ofNullable(malformed.getLocation())
                                            .map(at -> " (line " + at.getLineNr() + ")")
                                            .orElse("")));
        }
    }

    private Optional<Vendor> vendor(String name, VendorEntry entry) {
        String at = "vendors." + name;
        Optional<Credential> credential = Optional.empty();
        if (keysRequired && entry.apiKey() != null) {
            credential = credential(at, entry.apiKey());
            if (credential.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Vendor(
                new VendorName(name),
                dialect(at + ".dialect", entry.dialect()),
                baseUrl(at + ".base-url", entry.baseUrl()),
                credential,
                timeout(at + ".timeout", entry.timeout()),
                Boolean.TRUE.equals(entry.dropUnsupported())));
    }

    private Optional<Credential> credential(String at, String reference) {
        if (!reference.startsWith(ENVIRONMENT)) {
            // The value itself is not shown: somebody may have put a key there.
            throw new StartException(("%s.api-key in %s is not a reference. Write env:NAME, and set the key in the"
                            + " environment variable NAME; keys do not belong in this file.")
                    .formatted(at, file));
        }
        return Optional.ofNullable(environment.get(reference.substring(ENVIRONMENT.length())))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(Credential::new);
    }

    private Vendor.Dialect dialect(String at, @Nullable String value) {
        if (value == null) {
            return Vendor.Dialect.OPENAI;
        }
        try {
            return Vendor.Dialect.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw mistake(at, "'" + value + "'", "this version speaks: openai");
        }
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
        throw mistake(at, "'" + value + "'", "write an http or https address such as https://api.openai.com/v1");
    }

    private Duration timeout(String at, @Nullable String value) {
        if (value == null) {
            return DEFAULT_TIMEOUT;
        }
        try {
            Duration timeout = DurationStyle.detectAndParse(value);
            if (timeout.isPositive()) {
                return timeout;
            }
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            LOG.debug("{} is malformed", at, malformed);
        }
        throw mistake(at, "'" + value + "'", "write a positive duration such as 90s or 10m");
    }

    private List<Candidate> candidates(
            String model,
            @Nullable List<CandidateEntry> entries,
            Map<String, @Nullable VendorEntry> declared,
            Map<VendorName, Vendor> vendors) {
        if (entries == null || entries.isEmpty()) {
            throw mistake("models." + model, "empty", "list at least one vendor for it");
        }
        List<Candidate> candidates = new ArrayList<>();
        for (CandidateEntry entry : entries) {
            String vendorName = entry.vendor();
            if (vendorName == null || !declared.containsKey(vendorName)) {
                throw mistake(
                        "models." + model + ".vendor", "'" + vendorName + "'", "name one of " + declared.keySet());
            }
            Vendor vendor = vendors.get(new VendorName(vendorName));
            if (vendor != null) {
                candidates.add(new Candidate(vendor, entry.model() == null ? model : entry.model()));
            }
        }
        return List.copyOf(candidates);
    }

    private static String keyNames(Map<String, @Nullable VendorEntry> declared) {
        return String.join(
                ", ",
                declared.values().stream()
                        .map(entry -> entry == null ? null : entry.apiKey())
                        .filter(key -> key != null && key.startsWith(ENVIRONMENT))
                        .map(key -> key == null ? "" : key.substring(ENVIRONMENT.length()))
                        .toList());
    }

    private StartException mistake(String setting, String value, String remedy) {
        return new StartException("%s in %s is %s: %s.".formatted(setting, file, value, remedy));
    }

    private static <V extends @Nullable Object> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
