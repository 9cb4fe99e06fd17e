package io.genapi.gateway.config;

import io.genapi.gateway.http.OperatorsOnly;
import io.genapi.gateway.tenant.Doorkeeper;
import io.genapi.gateway.tenant.OpenDoorRule;
import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.reload.CurrentCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who gets in. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

    @Bean
    Doorkeeper doorkeeper(CurrentCatalog catalog) {
        return new Doorkeeper(() -> catalog.get().tenants());
    }

    @Bean
    OpenDoorRule openDoorRule(
            CurrentCatalog catalog, CatalogSettings files, GatewaySettings settings, Environment environment) {
        return new OpenDoorRule(
                catalog.get().tenants(),
                files.file(),
                environment.getProperty("server.address", "127.0.0.1"),
                settings.open());
    }

    @Bean
    WebMvcConfigurer operatorsOnly() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new OperatorsOnly());
            }
        };
    }
}
