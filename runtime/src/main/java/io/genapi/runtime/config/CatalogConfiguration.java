package io.genapi.runtime.config;

import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.http.CatalogController;
import io.genapi.runtime.reload.CatalogFollower;
import io.genapi.runtime.reload.CatalogReload;
import io.genapi.runtime.reload.CatalogSource;
import io.genapi.runtime.reload.CatalogWatch;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of a service that needs the catalog. Its own configuration imports this one, and says how it is read. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogSettings.class)
public class CatalogConfiguration {

    @Bean
    CurrentCatalog currentCatalog(CatalogSource source) {
        return new CurrentCatalog(source.read());
    }

    @Bean
    CatalogReload catalogReload(
            ProcessIdentity identity,
            CatalogSource source,
            CurrentCatalog current,
            ObjectProvider<CatalogFollower> followers) {
        return new CatalogReload(
                identity.definition().name(),
                source,
                current,
                followers.orderedStream().toList(),
                System::nanoTime);
    }

    @Bean
    CatalogController catalogController(ProcessIdentity identity, CatalogReload reload) {
        return new CatalogController(identity, reload);
    }

    @Bean
    Phased catalogWatching(CatalogReload reload) {
        CatalogWatch watch = new CatalogWatch(reload);
        return new Phased(Phased.AFTER_HTTP, watch::start, watch::close);
    }
}
