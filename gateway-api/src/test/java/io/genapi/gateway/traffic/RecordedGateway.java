package io.genapi.gateway.traffic;

import io.genapi.gateway.GatewayService;
import io.genapi.gateway.config.GatewayConfiguration;
import io.genapi.gateway.http.ApiDescription;
import io.genapi.gateway.http.HttpRoutes;
import io.genapi.runtime.service.ServiceDefinition;
import io.genapi.schemas.openapi.ExchangeCheck;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The gateway as it is, with a recorder at its edge. */
@Configuration(proxyBeanMethods = false)
@Import(GatewayConfiguration.class)
public class RecordedGateway {

    public static final ServiceDefinition DEFINITION = new ServiceDefinition(
            GatewayService.DEFINITION.service(),
            GatewayService.DEFINITION.name(),
            RecordedGateway.class,
            GatewayService.DEFINITION.defaultPort(),
            GatewayService.DEFINITION.description());

    @Bean
    TrafficRecorder trafficRecorder(ObjectProvider<RequestMappingHandlerMapping> mapping) {
        return new TrafficRecorder(SingletonSupplier.of(() -> new ExchangeCheck(
                JsonMapper.shared()
                        .readTree(ApiDescription.document("test").toJson(HttpRoutes.of(mapping.getObject()))),
                Set.copyOf(ApiDescription.UNDOCUMENTED))));
    }

    @Bean
    FilterRegistrationBean<TrafficRecorder> recording(TrafficRecorder recorder) {
        FilterRegistrationBean<TrafficRecorder> filter = new FilterRegistrationBean<>(recorder);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
