package io.genapi.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the models are declared.
 *
 * @param catalog the vendor catalog's file; text, because Spring reads a relative path as the web application's
 * @param simulatorUrl of the vendor simulator, where that serves every model
 */
@ConfigurationProperties("genapi")
public record CatalogSettings(
        @DefaultValue("config/genapi.yaml") String catalog,
        @Nullable URI simulatorUrl) {

    Path file() {
        return Path.of(catalog);
    }
}
