package io.genapi.runtime.config;

import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.http.CatalogController;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.notice.CatalogNotices;
import io.genapi.runtime.reload.CatalogFollower;
import io.genapi.runtime.reload.CatalogReload;
import io.genapi.runtime.reload.CatalogSource;
import io.genapi.runtime.reload.CatalogWatch;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.schemas.kafka.CatalogNoticeRecords;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

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
    CatalogNotices catalogNotices(
            ProcessIdentity identity,
            CatalogReload reload,
            KafkaTemplate<byte[], byte[]> heartbeatProducer,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            InstantSource clock) {
        String control = topics.names().control();
        return new CatalogNotices(
                identity.instance(),
                reload::now,
                notice -> heartbeatProducer.send(CatalogNoticeRecords.write(notice, control, identity.source())),
                new KafkaConsumer<>(
                        kafka.consumerProperties("genapi-catalog-notices"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                control,
                clock);
    }

    @Bean
    Phased catalogListening(CatalogNotices catalogNotices) {
        return new Phased(Phased.BEFORE_HTTP, catalogNotices::start, catalogNotices::close);
    }

    @Bean
    Phased catalogWatching(CatalogReload reload) {
        CatalogWatch watch = new CatalogWatch(reload);
        return new Phased(Phased.AFTER_HTTP, watch::start, watch::close);
    }
}
