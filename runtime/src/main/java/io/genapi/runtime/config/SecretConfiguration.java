package io.genapi.runtime.config;

import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.secret.SecretSources;
import io.genapi.runtime.secret.file.SecretsFileSettings;
import io.genapi.runtime.secret.vault.VaultSecrets;
import io.genapi.runtime.secret.vault.VaultSettings;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where secrets come from, for a service that calls vendors. The others do without. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecretsFileSettings.class, VaultSettings.class})
public class SecretConfiguration {

    @Bean
    VaultSecrets vaultSecrets(VaultSettings settings, InstantSource clock) {
        return settings.secrets(System.getenv(), clock);
    }

    @Bean
    SecretSources secretSources(CatalogSettings catalog, SecretsFileSettings file, VaultSecrets vault) {
        return SecretSources.of(System.getenv(), file.secrets(catalog.file(), System.getenv()), vault);
    }
}
