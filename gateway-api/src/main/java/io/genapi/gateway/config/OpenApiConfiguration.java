package io.genapi.gateway.config;

import io.genapi.gateway.http.ApiDescription;
import io.genapi.gateway.http.HttpRoutes;
import io.genapi.gateway.http.OpenApiController;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The document of the HTTP API. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    /** The mapping knows this controller too, so it is there only when it is asked for. */
    @Bean
    OpenApiController openApiController(ObjectProvider<RequestMappingHandlerMapping> mapping) {
        return new OpenApiController(ApiDescription.document(version()), () -> HttpRoutes.of(mapping.getObject()));
    }

    /** As the jar's manifest has it. */
    private static String version() {
        return Optional.ofNullable(OpenApiConfiguration.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
