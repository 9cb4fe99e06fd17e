package io.genapi.schemas.kafka;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.genapi.schemas.job.JobStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds records and JSON to the contract's JSON Schemas. Thread-safe. */
public final class SchemaCheck {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private SchemaCheck() {}

    /** What the contract forbids in a record as it was read; empty if it is as it should be. */
    public static List<String> problems(
            ConsumerRecord<? extends byte @Nullable [], ? extends byte @Nullable []> record) {
        return problems(record.headers(), record.value());
    }

    /** What the contract forbids in a record as it is written; empty if it is as it should be. */
    public static List<String> problems(
            ProducerRecord<? extends byte @Nullable [], ? extends byte @Nullable []> record) {
        return problems(record.headers(), record.value());
    }

    /**
     * What a schema forbids in a JSON text, such as the job that {@code GET /v1/jobs/{id}} shows.
     *
     * @param schema the name of a file under {@code genapi/schema}
     */
    public static List<String> problems(String schema, byte @Nullable [] json) {
        try {
            return json == null ? List.of("there is no value") : problems(schema, JSON.readTree(json));
        } catch (JacksonException malformed) {
            return List.of("the value is not JSON: " + malformed.getOriginalMessage());
        }
    }

    static List<String> problems(String schema, JsonNode instance) {
        return schema(schema).validate(instance).stream()
                .map(Error::toString)
                .map(problem -> schema + ": " + problem)
                .toList();
    }

    static Schema schema(String name) {
        return REGISTRY.getSchema(SchemaLocation.of("classpath:genapi/schema/" + name));
    }

    private static List<String> problems(Headers headers, byte @Nullable [] value) {
        ObjectNode texts = JSON.createObjectNode();
        for (Header header : headers) {
            if (header.value() != null && header.value().length > 0) {
                texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        if (texts.has(HeaderNames.DEAD_LETTER_REASON)) {
            return problems("dead-letter.headers.schema.json", texts);
        }
        if (texts.has(HeaderNames.PARK_NUMBER)) {
            return both("parked", texts, body(texts), value);
        }
        String type = texts.path(HeaderNames.CE_TYPE).asString(EventTypes.JOB_REQUESTED);
        return switch (type) {
            case EventTypes.JOB_REQUESTED -> both("request", texts, body(texts), value);
            case EventTypes.JOB_COMPLETED -> both("result", texts, answerOrError(texts), value);
            case EventTypes.JOB_EVENT -> both("event", texts, "job-event", value);
            case EventTypes.ATTACHMENT -> both("attachment", texts, "attachment", value);
            case EventTypes.CANCELLATION -> both("cancellation", texts, "cancellation", value);
            case EventTypes.HEARTBEAT -> both("heartbeat", texts, "heartbeat", value);
            case EventTypes.CATALOG_NOTICE -> both("catalog-notice", texts, "catalog-notice", value);
            case EventTypes.SIGHTING -> both("sighting", texts, "sighting", value);
            case EventTypes.WEBHOOK_ENDPOINT -> both("webhook-endpoint", texts, "webhook-endpoint", value);
            case EventTypes.WEBHOOK_STANDING -> both("webhook-standing", texts, "webhook-standing", value);
            case EventTypes.WEBHOOK_EVENT -> both("webhook-event", texts, "webhook-event", value);
            case EventTypes.WEBHOOK_REDELIVERY -> both("webhook-redelivery", texts, "webhook-redelivery", value);
            case EventTypes.WEBHOOK_DELIVERY -> both("webhook-delivery", texts, "webhook-delivery", value);
            case EventTypes.WEBHOOK_ATTEMPT -> both("webhook-attempt", texts, "webhook-attempt", value);
            case EventTypes.DEAD_LETTER_REDRIVEN -> problems("dead-letter-redriven.headers.schema.json", texts);
            case EventTypes.JOB_DELTA -> both("delta", texts, "chat-completion-chunk", value);
            default -> List.of("no record has the ce_type '" + type + "'");
        };
    }

    private static String body(JsonNode headers) {
        return headers.has(HeaderNames.CLAIM_CHECK) ? "claimed-request" : "chat-completion-request";
    }

    private static String answerOrError(JsonNode headers) {
        Optional<JobStatus> status =
                JobStatus.fromWireName(headers.path(HeaderNames.STATUS).asString(""));
        return status.filter(JobStatus.SUCCEEDED::equals).isPresent() ? "chat-completion" : "error";
    }

    private static List<String> both(String headersSchema, JsonNode headers, String schema, byte @Nullable [] value) {
        List<String> problems = new ArrayList<>();
        Stream.of(problems(headersSchema + ".headers.schema.json", headers), problems(schema + ".schema.json", value))
                .forEach(problems::addAll);
        return List.copyOf(problems);
    }
}
