package io.genapi.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the models are declared.
 *
 * @param catalog the vendor catalog's file
 * @param simulatorUrl of the vendor simulator, where that serves every model
 */
@ConfigurationProperties("genapi")
public record CatalogSettings(
        @DefaultValue("config/genapi.yaml") Path catalog,
        @Nullable URI simulatorUrl) {}
