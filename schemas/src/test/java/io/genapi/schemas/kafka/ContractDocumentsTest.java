package io.genapi.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.genapi.schemas.job.VendorName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The documents of the contract against each other and against the code. */
class ContractDocumentsTest {

    private static final String SCHEMAS = "schema/";
    private static final JsonNode ASYNC_API = read("asyncapi.yaml");

    @Test
    void theAsyncApiDocumentNamesExactlyTheTopicsThatAre() throws ReflectiveOperationException {
        Set<String> topics = new TreeSet<>(TopicNames.STANDARD.requests());
        for (Method method : TopicNames.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && method.getParameterCount() == 0
                    && method.getReturnType() == String.class
                    && !Set.of("prefix", "toString").contains(method.getName())) {
                topics.add((String) method.invoke(TopicNames.STANDARD));
            }
        }
        assertEquals(14, topics.size());
        topics.add(TopicNames.STANDARD.parked(new VendorName("{vendor}")));
        topics.add("{replyTopic}");
        Set<String> documented = new TreeSet<>();
        for (JsonNode channel : ASYNC_API.path("channels")) {
            documented.add(channel.path("address").asString());
        }
        assertEquals(topics, documented);
    }

    @Test
    void everyReferenceInTheAsyncApiDocumentLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collectReferences(ASYNC_API, references);
        assertTrue(references.size() > 40);
        for (String reference : references) {
            assertTrue(resolve(reference).isObject(), reference);
        }
        assertTrue(resolve("#/components/messages/unheardOf").isMissingNode());
    }

    @Test
    void everyChannelIsUsedByAnOperationAndEveryMessageIsDescribed() {
        Set<String> used = new TreeSet<>();
        for (JsonNode operation : ASYNC_API.path("operations")) {
            used.add(operation.at("/channel/$ref").asString());
            assertTrue(
                    Set.of("send", "receive").contains(operation.path("action").asString()));
        }
        for (String channel : ASYNC_API.path("channels").propertyNames()) {
            assertTrue(used.contains("#/channels/" + channel), channel);
        }
        for (JsonNode message : ASYNC_API.at("/components/messages")) {
            assertFalse(
                    message.at("/bindings/kafka/key/description").asString("").isBlank());
            assertFalse(message.path("headers").isMissingNode());
            assertFalse(message.path("examples").isEmpty());
        }
    }

    @Test
    void theExamplesOfTheAsyncApiDocumentAreAsTheirSchemasSay() {
        for (Map.Entry<String, JsonNode> message :
                ASYNC_API.at("/components/messages").properties()) {
            for (JsonNode example : message.getValue().path("examples")) {
                String where = message.getKey() + "/" + example.path("name").asString();
                JsonNode headers = example.path("headers");
                if (!headers.isMissingNode()) {
                    String schema =
                            fileOf(message.getValue().at("/headers/$ref").asString());
                    assertEquals(List.of(), SchemaCheck.problems(schema, headers), where);
                }
                for (String schema : payloadSchemas(message.getValue(), headers)) {
                    assertEquals(List.of(), SchemaCheck.problems(schema, example.path("payload")), where);
                }
            }
        }
    }

    @Test
    void everyMessageIsNamedAfterItsTypeOfEvent() throws IllegalAccessException {
        Set<String> types = new TreeSet<>(constants(EventTypes.class));
        Set<String> names = new TreeSet<>();
        for (JsonNode message : ASYNC_API.at("/components/messages")) {
            names.add(message.path("name").asString());
        }
        names.remove("dead-letter"); // keeps the type of the record that it was
        assertEquals(types, names);
    }

    @Test
    void everyHeaderIsDescribedInSomeSchema() throws IllegalAccessException {
        Set<String> described = new TreeSet<>();
        schemaFiles()
                .filter(file -> file.endsWith(".headers.schema.json"))
                .map(ContractDocumentsTest::readSchema)
                .forEach(schema -> described.addAll(schema.path("properties").propertyNames()));
        for (String header : constants(HeaderNames.class)) {
            assertTrue(described.contains(header), header);
        }
    }

    @ParameterizedTest
    @MethodSource("schemaFiles")
    void everySchemaIsOneAndItsExamplesAreAsItSays(String file) {
        JsonNode schema = readSchema(file);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        assertEquals(
                List.of(),
                registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(schema));
        assertEquals(
                "https://json-schema.org/draft/2020-12/schema",
                schema.path("$schema").asString());
        assertEquals(file, schema.path("$id").asString());
        assertFalse(schema.path("title").asString("").isBlank());
        assertFalse(schema.path("description").asString("").isBlank());
        for (JsonNode example : schema.path("examples")) {
            assertEquals(List.of(), SchemaCheck.problems(file, example));
        }
    }

    @ParameterizedTest
    @MethodSource("schemaFiles")
    void everyFieldOfASchemaIsDescribedAndEveryRequiredOneIsAField(String file) {
        assertDescribed(file, readSchema(file));
    }

    static Stream<String> schemaFiles() {
        return Stream.of(
                "attachment.headers.schema.json",
                "attachment.schema.json",
                "batch-create.schema.json",
                "batch-list.schema.json",
                "batch-object.schema.json",
                "batch.headers.schema.json",
                "batch.schema.json",
                "cancellation.headers.schema.json",
                "cancellation.schema.json",
                "catalog-notice.headers.schema.json",
                "catalog-notice.schema.json",
                "chat-completion-chunk.schema.json",
                "chat-completion-request.schema.json",
                "chat-completion.schema.json",
                "dead-letter-redriven.headers.schema.json",
                "dead-letter.headers.schema.json",
                "delta.headers.schema.json",
                "error.schema.json",
                "event.headers.schema.json",
                "file-deleted.schema.json",
                "file-list.schema.json",
                "file-object.schema.json",
                "file.headers.schema.json",
                "file.schema.json",
                "health.schema.json",
                "heartbeat.headers.schema.json",
                "heartbeat.schema.json",
                "input-item-list.schema.json",
                "job-event.schema.json",
                "job-list.schema.json",
                "job.schema.json",
                "listed-job.schema.json",
                "liveness.schema.json",
                "model-list.schema.json",
                "model.schema.json",
                "openapi.schema.json",
                "parked.headers.schema.json",
                "readiness.schema.json",
                "redrive-request.schema.json",
                "request.headers.schema.json",
                "response-create.schema.json",
                "response-deleted.schema.json",
                "response-event.schema.json",
                "response.schema.json",
                "result.headers.schema.json",
                "sighting.headers.schema.json",
                "sighting.schema.json",
                "stream-reset.schema.json",
                "webhook-attempt.headers.schema.json",
                "webhook-attempt.schema.json",
                "webhook-delivery.headers.schema.json",
                "webhook-delivery.schema.json",
                "webhook-endpoint-create.schema.json",
                "webhook-endpoint-deleted.schema.json",
                "webhook-endpoint-deliveries.schema.json",
                "webhook-endpoint-delivery.schema.json",
                "webhook-endpoint-list.schema.json",
                "webhook-endpoint-object.schema.json",
                "webhook-endpoint-secret.schema.json",
                "webhook-endpoint-test-create.schema.json",
                "webhook-endpoint-test.schema.json",
                "webhook-endpoint-update.schema.json",
                "webhook-endpoint.headers.schema.json",
                "webhook-endpoint.schema.json",
                "webhook-event-types.schema.json",
                "webhook-event.headers.schema.json",
                "webhook-event.schema.json",
                "webhook-redeliver.schema.json",
                "webhook-redelivery-object.schema.json",
                "webhook-redelivery.headers.schema.json",
                "webhook-redelivery.schema.json",
                "webhook-secret-rotate.schema.json",
                "webhook-standing.headers.schema.json",
                "webhook-standing.schema.json");
    }

    private static void assertDescribed(String where, JsonNode schema) {
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String field = where + "/" + property.getKey();
            JsonNode described = property.getValue().path("$ref").asString("").startsWith("#/$defs/")
                    ? readSchema(where)
                            .at(property.getValue().path("$ref").asString().substring(1))
                    : property.getValue();
            assertFalse(described.path("description").asString("").isBlank(), field);
            assertDescribed(field, property.getValue());
        }
        for (JsonNode required : schema.path("required")) {
            assertTrue(properties.has(required.asString()), where + " requires " + required);
        }
        for (JsonNode definition : schema.path("$defs")) {
            assertDescribed(where + "/$defs", definition);
        }
        if (schema.has("items")) {
            assertDescribed(where + "/items", schema.path("items"));
        }
    }

    /** The schemas that the payload of a message must be as; of a result the one that its status names. */
    private static List<String> payloadSchemas(JsonNode message, JsonNode headers) {
        if (message.path("name").asString().equals(EventTypes.JOB_COMPLETED)) {
            boolean succeeded = headers.path(HeaderNames.STATUS).asString().equals("succeeded");
            return List.of(succeeded ? "chat-completion.schema.json" : "error.schema.json");
        }
        String reference = message.at("/payload/$ref").asString("");
        return reference.isEmpty() ? List.of() : List.of(fileOf(reference));
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        if (node.path("$ref").isString()) {
            references.add(node.path("$ref").asString());
        }
        node.forEach(child -> collectReferences(child, references));
    }

    private static JsonNode resolve(String reference) {
        return reference.startsWith("#") ? ASYNC_API.at(reference.substring(1)) : read(reference);
    }

    private static String fileOf(String reference) {
        assertTrue(reference.startsWith(SCHEMAS), reference);
        return reference.substring(SCHEMAS.length());
    }

    private static JsonNode readSchema(String file) {
        return read(SCHEMAS + file);
    }

    private static JsonNode read(String file) {
        try (InputStream stream =
                Objects.requireNonNull(ContractDocumentsTest.class.getResourceAsStream("/genapi/" + file), file)) {
            return file.endsWith(".yaml") ? new YAMLMapper().readTree(stream) : SchemaCheck.JSON.readTree(stream);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static List<String> constants(Class<?> holder) throws IllegalAccessException {
        List<String> values = new ArrayList<>();
        for (Field field : holder.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                Object value = Objects.requireNonNull(field.get(null));
                (value instanceof List<?> list ? list.stream() : Stream.of(value))
                        .map(Object::toString)
                        .forEach(values::add);
            }
        }
        assertFalse(values.isEmpty());
        return values;
    }
}
