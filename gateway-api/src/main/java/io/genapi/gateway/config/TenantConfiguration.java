package io.genapi.gateway.config;

import io.genapi.gateway.http.OperatorsOnly;
import io.genapi.gateway.http.Turnstile;
import io.genapi.gateway.http.WaitingRoom;
import io.genapi.gateway.store.HttpTenantUses;
import io.genapi.gateway.store.StoreInstances;
import io.genapi.gateway.tenant.Doorkeeper;
import io.genapi.gateway.tenant.OpenDoorRule;
import io.genapi.gateway.tenant.OwnNames;
import io.genapi.gateway.tenant.Quotas;
import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.service.Phased;
import io.genapi.schemas.control.Heartbeat;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who gets in. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TenantConfiguration.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration USE_PATIENCE = Duration.ofSeconds(2);

    @Bean
    Doorkeeper doorkeeper(CurrentCatalog catalog, GatewaySettings settings, Environment environment) {
        return new Doorkeeper(
                () -> catalog.get().tenants(), settings.open() ? OwnNames.ANY : OwnNames.of(ownNames(environment)));
    }

    private static List<String> ownNames(Environment environment) {
        String advertised =
                URI.create(environment.getProperty("genapi.advertised-url", "")).getHost();
        return Stream.of(environment.getProperty("server.address"), advertised)
                .filter(Objects::nonNull)
                .toList();
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
    Quotas quotas(StoreInstances stores, PeerDirectory peers, InstantSource clock) {
        return new Quotas(
                new HttpTenantUses(stores, USE_PATIENCE),
                () -> peers.alive(Heartbeat.Service.GATEWAY).size(),
                clock);
    }

    @Bean
    Turnstile turnstile(Quotas quotas) {
        return new Turnstile(quotas);
    }

    @Bean
    WaitingRoom waitingRoom(GatewaySettings settings) {
        return new WaitingRoom(new TenantPlaces(settings.maxWaitingReads()));
    }

    /** The first look is at once, so that a restart forgets nothing that is spent. */
    @Bean
    Phased quotaWatch(Quotas quotas, CurrentCatalog catalog) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("tenant-quotas").daemon().factory());
        return new Phased(
                Phased.AFTER_HTTP,
                () -> {
                    var _ = watch.scheduleWithFixedDelay(
                            () -> refresh(quotas, catalog), 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                },
                watch::shutdownNow);
    }

    private static void refresh(Quotas quotas, CurrentCatalog catalog) {
        try {
            quotas.refresh(catalog.get().tenants());
        } catch (RuntimeException failure) {
            LOG.warn("It is not known what tenants use; the next look will be tried", failure);
        }
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
