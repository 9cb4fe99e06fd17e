package io.genapi.schemas.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** An OpenAPI document as a reader of it sees it. */
public final class ApiDocument {

    private final JsonNode json;

    /** One operation. */
    public record Told(String id, String path, String method, JsonNode json) {

        /** The statuses below 400 that it may answer with, the first one the usual one. */
        public List<String> successes() {
            return json.path("responses").propertyNames().stream()
                    .filter(status -> status.matches("[23][0-9]{2}"))
                    .sorted()
                    .toList();
        }

        /** Of its JSON bodies, by their names. */
        public Map<String, JsonNode> requestExamples() {
            Map<String, JsonNode> examples = new LinkedHashMap<>();
            json.at("/requestBody/content/application~1json/examples")
                    .properties()
                    .forEach(example ->
                            examples.put(example.getKey(), example.getValue().path("value")));
            return examples;
        }

        /** The examples of its parameters in one place, by the parameters' names. */
        public Map<String, String> parameters(String place) {
            Map<String, String> examples = new LinkedHashMap<>();
            json.path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.path("in").asString().equals(place))
                    .forEach(parameter -> examples.put(
                            parameter.path("name").asString(),
                            parameter.path("example").asString()));
            return examples;
        }
    }

    public ApiDocument(JsonNode json) {
        this.json = json;
    }

    public JsonNode json() {
        return json;
    }

    public List<Told> operations() {
        return json.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Told(
                                method.getValue().path("operationId").asString(),
                                path.getKey(),
                                method.getKey(),
                                whole(method.getValue()))))
                .toList();
    }

    /** With its parameters and responses in it, not elsewhere. */
    private JsonNode whole(JsonNode operation) {
        JsonNode copy = operation.deepCopy();
        if (copy.path("parameters") instanceof ArrayNode parameters) {
            for (int at = 0; at < parameters.size(); at++) {
                parameters.set(at, resolved(parameters.get(at)));
            }
        }
        copy.path("responses").properties().forEach(response -> response.setValue(resolved(response.getValue())));
        return copy;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : json.at(reference.substring(1));
    }

    public Told operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /**
     * What keeps it from being a document of OpenAPI 3.1, by <a href="https://spec.openapis.org/oas/3.1/schema/2022-10-07">the
     * OpenAPI Initiative's schema</a> and that of JSON Schema, or its examples from being what they are examples of.
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(validated("classpath:openapi/oas-3.1.schema.json", json));
        json.at("/components/schemas")
                .properties()
                .forEach(schema -> validated("https://json-schema.org/draft/2020-12/schema", schema.getValue())
                        .forEach(problem -> problems.add(schema.getKey() + ": " + problem)));
        references(json)
                .filter(reference -> json.at(reference.substring(1)).isMissingNode())
                .forEach(problems::add);
        ApiSchemas schemas = new ApiSchemas(json);
        operations().forEach(operation -> examples(operation, schemas, problems));
        json.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("examples")
                        .forEach(example -> schemas.problems(schema.getValue(), example)
                                .forEach(problem -> problems.add(schema.getKey() + "'s example: " + problem))));
        return problems;
    }

    private static List<String> validated(String schema, JsonNode instance) {
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(schema));
        return compiled.validate(instance).stream().map(Error::toString).toList();
    }

    private static Stream<String> references(JsonNode node) {
        Stream<String> own =
                node.path("$ref").isString() ? Stream.of(node.path("$ref").asString()) : Stream.empty();
        return Stream.concat(own, node.valueStream().flatMap(ApiDocument::references));
    }

    private static void examples(Told operation, ApiSchemas schemas, List<String> problems) {
        Stream.concat(
                        Stream.of(operation.json().path("requestBody")),
                        operation.json().path("responses").valueStream())
                .flatMap(body -> body.path("content").properties().stream())
                .filter(content -> content.getKey().equals("application/json"))
                .forEach(content -> content.getValue()
                        .path("examples")
                        .forEach(example -> schemas.problems(content.getValue().path("schema"), example.path("value"))
                                .forEach(problem -> problems.add(operation.id() + "'s example: " + problem))));
        operation
                .json()
                .path("parameters")
                .forEach(parameter -> schemas.problems(parameter.path("schema"), parameter.path("example"))
                        .forEach(problem -> problems.add(
                                operation.id() + "'s " + parameter.path("name").asString() + ": " + problem)));
    }
}
