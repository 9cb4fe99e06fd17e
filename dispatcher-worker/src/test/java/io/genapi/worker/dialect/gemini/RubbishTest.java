package io.genapi.worker.dialect.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.worker.Samples;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.dialect.gemini.answer.GeminiStream;
import io.genapi.worker.dialect.gemini.request.RequestTranslation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever comes is translated, objected to or of no use: nothing is thrown. */
class RubbishTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int ROUNDS = 400;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(4711);

    @Test
    void objectsToRubbishInEveryPlaceOfARequest() {
        for (String name : GoldenFiles.names("chat")) {
            JsonNode request = GoldenFiles.json("chat/" + name + "/request.openai.json");
            for (int round = 0; round < ROUNDS; round++) {
                byte[] body = JsonMapper.shared().writeValueAsBytes(spoilt(request));
                RequestTranslation.of(body, "gemini-3-pro")
                        .objection(false)
                        .ifPresent(error -> assertEquals(400, error.status()));
            }
        }
    }

    @Test
    void makesSomethingOfRubbishInEveryPlaceOfAnAnswer() {
        for (String name : GoldenFiles.names("chat")) {
            JsonNode response = GoldenFiles.json("chat/" + name + "/response.vendor.json");
            for (int round = 0; round < ROUNDS; round++) {
                String body = spoilt(response).toString();
                for (int status : new int[] {200, 400, 503}) {
                    var _ = new GeminiDialect()
                            .outcome(new VendorResponse(status, Map.of(), Samples.utf8(body), Samples.NOW));
                }
                GeminiStream stream = new GeminiStream(Samples.NOW);
                var _ = stream.event("message", body);
                var _ = stream.event("message", spoilt(response).toString());
                var _ = stream.close();
                assertEquals(true, stream.end().isPresent());
            }
        }
    }

    /** The same with one value, chosen by chance, replaced by another kind of value. */
    private JsonNode spoilt(JsonNode original) {
        JsonNode copy = original.deepCopy();
        List<Runnable> places = new ArrayList<>();
        collect(copy, places);
        places.get(random.nextInt(places.size())).run();
        return copy;
    }

    private void collect(JsonNode node, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                places.add(() -> object.replace(field.getKey(), rubbish()));
                collect(field.getValue(), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                int place = index;
                places.add(() -> array.set(place, rubbish()));
                collect(array.path(index), places);
            }
        }
    }

    private JsonNode rubbish() {
        return switch (random.nextInt(8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(-1);
            case 2 -> NODES.numberNode(1e300);
            case 3 -> NODES.stringNode("");
            case 4 -> NODES.stringNode("\ud800 rubbish");
            case 5 -> NODES.booleanNode(true);
            case 6 -> NODES.arrayNode().add(7);
            default -> NODES.objectNode().put("x", 1);
        };
    }
}
