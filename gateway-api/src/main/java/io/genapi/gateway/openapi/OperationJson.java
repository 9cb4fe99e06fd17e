package io.genapi.gateway.openapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One operation in OpenAPI's words. */
final class OperationJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OperationJson() {}

    /** @throws IllegalStateException if a variable of the route's path is not told of, or one is that is not there */
    static ObjectNode of(Operation operation, Route route, Introduction introduction) {
        requirePath(operation, route);
        ObjectNode json = JSON.objectNode()
                .put("operationId", operation.id())
                .put("summary", operation.summary())
                .put("description", operation.description());
        json.putArray("tags").add(operation.tag());
        if (operation.open()) {
            json.putArray("security");
        }
        if (!operation.parameters().isEmpty()) {
            ArrayNode parameters = json.putArray("parameters");
            operation.parameters().forEach(parameter -> parameters.add(parameter.toJson()));
        }
        operation.body().ifPresent(body -> {
            ObjectNode read = json.putObject("requestBody").put("required", body.required());
            read.putObject("content")
                    .set(body.content().mediaType(), body.content().toJson());
        });
        ObjectNode responses = json.putObject("responses");
        for (Answer answer : operation.answers()) {
            ObjectNode told = responses.putObject(answer.status()).put("description", answer.description());
            headers(told, introduction.everywhere(), answer.headers());
            answer.contents()
                    .forEach(content -> told.withObjectProperty("content").set(content.mediaType(), content.toJson()));
        }
        byStatus(operation.faults()).forEach((status, faults) -> tell(responses, status, faults, introduction));
        return json;
    }

    private static void requirePath(Operation operation, Route route) {
        Set<String> told = operation.parameters().stream()
                .filter(parameter -> parameter.place().equals("path"))
                .map(Parameter::name)
                .collect(Collectors.toSet());
        if (!told.equals(Set.copyOf(route.variables()))) {
            throw new IllegalStateException(
                    "of the path's variables %s of %s, %s are told of".formatted(route.variables(), route.key(), told));
        }
    }

    private static Map<Integer, List<Fault>> byStatus(List<Fault> faults) {
        Map<Integer, List<Fault>> byStatus = new TreeMap<>();
        faults.forEach(fault -> byStatus.computeIfAbsent(fault.error().status(), _ -> new ArrayList<>())
                .add(fault));
        return byStatus;
    }

    /** One status with all that it may mean; beside an answer of the same status where there is one. */
    private static void tell(ObjectNode responses, int status, List<Fault> faults, Introduction introduction) {
        ObjectNode told = responses
                .withObjectProperty(Integer.toString(status))
                .put(
                        "description",
                        faults.stream()
                                .map(fault -> "`" + fault.code() + "`")
                                .distinct()
                                .collect(Collectors.joining(", ")));
        Set<ResponseHeader> headers = new LinkedHashSet<>();
        faults.forEach(fault -> headers.addAll(fault.headers()));
        headers(told, introduction.everywhere(), headers);
        ObjectNode content = told.withObjectProperty("content").putObject("application/json");
        content.set("schema", Schemas.reference("error"));
        ObjectNode examples = content.putObject("examples");
        for (Fault fault : faults) {
            if (examples.has(fault.code())) {
                continue;
            }
            String text = new String(fault.error().toJson(), StandardCharsets.UTF_8);
            examples.putObject(fault.code()).set("value", JsonMapper.shared().readTree(text));
        }
    }

    private static void headers(
            ObjectNode response, Collection<ResponseHeader> everywhere, Collection<ResponseHeader> own) {
        ObjectNode headers = response.withObjectProperty("headers");
        everywhere.forEach(header -> headers.set(header.name(), reference(header)));
        own.forEach(header -> headers.set(header.name(), reference(header)));
    }

    private static ObjectNode reference(ResponseHeader header) {
        return JSON.objectNode().put("$ref", "#/components/headers/" + header.name());
    }
}
