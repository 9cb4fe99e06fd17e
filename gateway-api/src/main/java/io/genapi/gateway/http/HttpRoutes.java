package io.genapi.gateway.http;

import io.genapi.gateway.openapi.Route;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes that the controllers serve. */
public final class HttpRoutes {

    private HttpRoutes() {}

    public static List<Route> of(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().entrySet().stream()
                .flatMap(HttpRoutes::of)
                .sorted(Comparator.comparing(Route::key))
                .toList();
    }

    private static Stream<Route> of(Map.Entry<RequestMappingInfo, HandlerMethod> handler) {
        List<String> variables = Arrays.stream(handler.getValue().getMethodParameters())
                .flatMap(
                        parameter -> Optional.ofNullable(parameter.getParameterAnnotation(PathVariable.class)).stream())
                .map(PathVariable::value)
                .toList();
        RequestMappingInfo info = handler.getKey();
        return info.getMethodsCondition().getMethods().stream()
                .flatMap(method ->
                        info.getPatternValues().stream().map(pattern -> new Route(method.name(), pattern, variables)));
    }
}
