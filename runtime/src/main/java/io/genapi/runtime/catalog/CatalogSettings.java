package io.genapi.runtime.catalog;

import io.genapi.runtime.secret.SecretSources;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the vendors and models are declared: {@code genapi.catalog} and {@code genapi.simulator-url}.
 *
 * @param catalog the file; text, because Spring would read a relative path as the web application's
 * @param simulatorUrl of the vendor simulator that stands in for every vendor, if it is to
 */
@ConfigurationProperties("genapi")
public record CatalogSettings(
        @DefaultValue("config/genapi.yaml") String catalog,
        @Nullable URI simulatorUrl) {

    public Path file() {
        return Path.of(catalog);
    }

    /** What can be called, with the keys that are there now. */
    public VendorCatalog callable(SecretSources secrets) {
        return simulatorUrl == null
                ? CatalogFile.read(file(), secrets)
                : CatalogFile.readSimulated(file(), simulatorUrl);
    }

    /** What is declared, for who only names the models: no key is needed, and none is read. */
    public VendorCatalog declared() {
        return simulatorUrl == null
                ? CatalogFile.readDeclared(file())
                : CatalogFile.readSimulated(file(), simulatorUrl);
    }
}
