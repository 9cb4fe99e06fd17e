package io.genapi.runtime.catalog;

import io.genapi.runtime.catalog.CatalogDocument.VendorEntry;
import io.genapi.runtime.secret.SecretLookup;
import io.genapi.runtime.secret.SecretSources;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.VendorName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code config/genapi.yaml}. Every mistake in it is told with the setting, its value and the remedy. */
public final class CatalogFile {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogFile.class);

    private CatalogFile() {}

    /**
     * The catalog as declared. A vendor without any of its keys is left out, with a warning, where they are looked for in
     * the environment; models that only it served are left out too.
     *
     * @param secrets are asked anew each time
     * @throws NoVendorKeyException if no vendor is left
     * @throws StartException if the file cannot be read or has a mistake, or a key is not where it should be
     */
    public static VendorCatalog read(Path file, SecretSources secrets) {
        return read(file, secrets, true);
    }

    /** The same with keys from the environment only. */
    public static VendorCatalog read(Path file, Map<String, String> environment) {
        return read(file, SecretSources.of(environment), true);
    }

    /**
     * The vendors that a process with this environment would call. No key is read: what is not to be in the environment
     * is taken to be where the catalog says.
     *
     * @throws NoVendorKeyException if there is none
     * @throws StartException if the file cannot be read or has a mistake
     */
    public static List<VendorName> callable(Path file, Map<String, String> environment) {
        Map<String, @Nullable VendorEntry> declared =
                orEmpty(CatalogDocument.read(file).vendors());
        List<VendorName> callable = readDeclared(file).vendors().stream()
                .map(Vendor::name)
                .filter(name -> mayHaveKey(declared.get(name.value()), SecretSources.of(environment)))
                .toList();
        if (callable.isEmpty()) {
            throw new NoVendorKeyException(file, VendorEntries.keyNames(declared));
        }
        return callable;
    }

    private static boolean mayHaveKey(@Nullable VendorEntry entry, SecretSources environment) {
        return entry == null
                || entry.keys().isEmpty()
                || entry.keys().values().stream()
                        .anyMatch(reference -> !(environment.look(reference) instanceof SecretLookup.Absent));
    }

    /** The catalog as declared, for who only names its models: no key is needed, and none is read. */
    public static VendorCatalog readDeclared(Path file) {
        return read(file, SecretSources.of(Map.of()), false);
    }

    /** The catalog with the vendor simulator in place of every vendor; no key is needed. */
    public static VendorCatalog readSimulated(Path file, URI simulator) {
        return readDeclared(file).simulatedBy(simulator);
    }

    private static VendorCatalog read(Path file, SecretSources secrets, boolean keysRequired) {
        CatalogDocument document = CatalogDocument.read(file);
        CatalogMistakes mistakes = new CatalogMistakes(file);
        Map<String, @Nullable VendorEntry> declared = orEmpty(document.vendors());
        VendorEntries entries = new VendorEntries(mistakes, secrets, keysRequired);
        Map<VendorName, Vendor> vendors = entries.read(declared);
        if (vendors.isEmpty()) {
            throw new NoVendorKeyException(file, VendorEntries.keyNames(declared));
        }
        entries.missing().forEach(LOG::warn);
        return new VendorCatalog(
                vendors,
                new RouteEntries(mistakes, declared, vendors).read(orEmpty(document.models())),
                new TenantEntries(mistakes).read(orEmpty(document.tenants())));
    }

    private static <V extends @Nullable Object> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
