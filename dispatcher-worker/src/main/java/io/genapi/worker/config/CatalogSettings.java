package io.genapi.worker.config;

import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.catalog.VendorCatalog;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the vendors are listed.
 *
 * @param catalog the file
 * @param simulatorUrl of the vendor simulator that stands in for every vendor, if it is to
 */
@ConfigurationProperties("genapi")
public record CatalogSettings(
        @DefaultValue("config/genapi.yaml") Path catalog,
        @Nullable URI simulatorUrl) {

    VendorCatalog read(Map<String, String> environment) {
        return simulatorUrl == null
                ? CatalogFile.read(catalog, environment)
                : CatalogFile.readSimulated(catalog, simulatorUrl);
    }
}
