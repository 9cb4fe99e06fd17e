package io.genapi.gateway.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI</a> document: the routes that the code serves, each with
 * what is told of it.
 */
public final class OpenApiDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String KEY_SCHEME = "apiKey";

    private final Introduction introduction;
    private final Map<String, Operation> operations;

    /** @throws IllegalArgumentException if two are told of one route, or by one name */
    public OpenApiDocument(Introduction introduction, List<Operation> operations) {
        this.introduction = introduction;
        this.operations = unique(operations, Operation::route);
        unique(operations, Operation::id);
    }

    private static Map<String, Operation> unique(List<Operation> operations, Function<Operation, String> name) {
        Map<String, Operation> byName = new LinkedHashMap<>();
        for (Operation operation : operations) {
            if (byName.put(name.apply(operation), operation) != null) {
                throw new IllegalArgumentException("two operations are called " + name.apply(operation));
            }
        }
        return byName;
    }

    /**
     * The document, in UTF-8.
     *
     * @param routes all that there are
     * @throws IllegalStateException if a route is neither told of nor left out on purpose, or one is that is not there
     */
    public byte[] toJson(List<Route> routes) {
        List<Route> told = routes.stream()
                .filter(route -> operations.containsKey(route.key()))
                .toList();
        requireSame(routes, told);
        ObjectNode json = JSON.objectNode().put("openapi", "3.1.1");
        json.put("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
        json.putObject("info")
                .put("title", "genapi-broker")
                .put("version", introduction.version())
                .put("description", introduction.description())
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        json.putArray("servers")
                .addObject()
                .put("url", "/")
                .put("description", "The gateway that serves this document.");
        json.putArray("security").addObject().putArray(KEY_SCHEME);
        introduction
                .tags()
                .forEach((name, description) -> json.withArrayProperty("tags")
                        .addObject()
                        .put("name", name)
                        .put("description", description));
        ObjectNode paths = json.putObject("paths");
        for (Operation operation : operations.values()) {
            Route route = told.stream()
                    .filter(one -> one.key().equals(operation.route()))
                    .findFirst()
                    .orElseThrow();
            paths.withObjectProperty(route.template())
                    .set(route.method().toLowerCase(Locale.ROOT), OperationJson.of(operation, route, introduction));
        }
        ObjectNode components = components();
        SharedParts.move(paths, components);
        json.set("components", components);
        return JsonMapper.shared().writeValueAsBytes(json);
    }

    private void requireSame(List<Route> routes, List<Route> told) {
        List<String> silent = new ArrayList<>(routes.stream().map(Route::key).toList());
        silent.removeAll(operations.keySet());
        List<String> left = new ArrayList<>(introduction.undocumented());
        left.removeAll(silent);
        silent.removeAll(introduction.undocumented());
        List<String> absent = new ArrayList<>(operations.keySet());
        absent.removeAll(told.stream().map(Route::key).toList());
        absent.addAll(left);
        if (!silent.isEmpty() || !absent.isEmpty()) {
            throw new IllegalStateException(
                    "nothing is told of %s, and no route is there of %s".formatted(silent, absent));
        }
    }

    private ObjectNode components() {
        ObjectNode components = JSON.objectNode();
        Schemas schemas = new Schemas();
        schemas.add("error");
        operations.values().stream()
                .flatMap(Operation::contents)
                .flatMap(content -> content.named().stream())
                .forEach(schemas::add);
        components.set("schemas", schemas.toJson());
        Map<String, ResponseHeader> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        introduction.everywhere().forEach(header -> headers.put(header.name(), header));
        operations.values().stream().flatMap(Operation::headers).forEach(header -> headers.put(header.name(), header));
        ObjectNode told = components.putObject("headers");
        headers.forEach((name, header) -> told.set(name, header.toJson()));
        components
                .putObject("securitySchemes")
                .putObject(KEY_SCHEME)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The key that ./genapi keys create has made; a broker without tenants needs none.");
        return components;
    }
}
