package io.genapi.worker.peer;

import io.genapi.worker.intake.Partition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A claim and its answer as JSON: {@code {"partitions": [{"topic": "t", "partition": 0}]}}, and the same with {@code
 * "offsets"} in each.
 */
final class ClaimDocument {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PARTITIONS = "partitions";

    private ClaimDocument() {}

    static byte[] claim(Set<Partition> partitions) {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode list = document.putArray(PARTITIONS);
        partitions.forEach(partition -> add(list, partition));
        return JSON.writeValueAsBytes(document);
    }

    static byte[] answer(Map<Partition, Set<Long>> inHand) {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode list = document.putArray(PARTITIONS);
        inHand.forEach((partition, offsets) -> {
            ArrayNode numbers = add(list, partition).putArray("offsets");
            offsets.forEach(numbers::add);
        });
        return JSON.writeValueAsBytes(document);
    }

    private static ObjectNode add(ArrayNode list, Partition partition) {
        return list.addObject().put("topic", partition.topic()).put("partition", partition.number());
    }

    /** @throws MalformedClaimException if it is none */
    static Set<Partition> readClaim(byte[] document) {
        Set<Partition> partitions = new LinkedHashSet<>();
        for (JsonNode entry : entries(document)) {
            partitions.add(partition(entry));
        }
        return partitions;
    }

    /** @throws MalformedClaimException if it is none */
    static Map<Partition, Set<Long>> readAnswer(byte[] document) {
        Map<Partition, Set<Long>> inHand = new HashMap<>();
        for (JsonNode entry : entries(document)) {
            Set<Long> offsets = inHand.computeIfAbsent(partition(entry), _ -> new HashSet<>());
            for (JsonNode offset : entry.path("offsets")) {
                if (!offset.isIntegralNumber() || !offset.canConvertToLong() || offset.longValue() < 0) {
                    throw malformed("offsets", offset, "an offset: a whole number from 0");
                }
                offsets.add(offset.longValue());
            }
        }
        return inHand;
    }

    private static JsonNode entries(byte[] document) {
        try {
            JsonNode entries = JSON.readTree(document).path(PARTITIONS);
            if (!entries.isArray()) {
                throw malformed(PARTITIONS, entries, "an array of objects with topic and partition");
            }
            return entries;
        } catch (JacksonException failure) {
            throw new MalformedClaimException("body", "The body is not JSON: " + failure.getOriginalMessage());
        }
    }

    private static Partition partition(JsonNode entry) {
        JsonNode topic = entry.path("topic");
        if (!topic.isString() || topic.stringValue().isEmpty()) {
            throw malformed("partitions.topic", topic, "a topic's name");
        }
        JsonNode number = entry.path("partition");
        if (!number.isIntegralNumber() || !number.canConvertToInt() || number.intValue() < 0) {
            throw malformed("partitions.partition", number, "a partition's number: a whole number from 0");
        }
        return new Partition(topic.stringValue(), number.intValue());
    }

    private static MalformedClaimException malformed(String parameter, JsonNode value, String expected) {
        String seen = value.isMissingNode() ? "nothing" : value.toString();
        return new MalformedClaimException(
                parameter, "Invalid value for '%s': %s is not %s.".formatted(parameter, seen, expected));
    }
}
