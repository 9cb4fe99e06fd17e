package io.genapi.schemas.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas of an OpenAPI document. Thread-safe. */
final class ApiSchemas {

    private static final String DOCUMENT = "https://genapi.invalid/openapi.json";

    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    ApiSchemas(JsonNode document) {
        String text = absolute(document);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(DOCUMENT, text))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    private static String absolute(JsonNode node) {
        return node.toString().replace("\"$ref\":\"#/", "\"$ref\":\"" + DOCUMENT + "#/");
    }

    /** @param schema as it stands in the document */
    List<String> problems(JsonNode schema, JsonNode instance) {
        Schema compiled = schemas.computeIfAbsent(
                schema, one -> registry.getSchema(JsonMapper.shared().readTree(absolute(one))));
        return compiled.validate(instance).stream().map(Error::toString).toList();
    }
}
