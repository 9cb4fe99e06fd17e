package io.genapi.gateway.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiDocumentTest {

    private static final Introduction INTRODUCTION =
            new Introduction("1", "Something.", Map.of(), List.of(), List.of("POST /secret"));

    private static final Route SECRET = new Route("POST", "/secret", List.of());
    private static final Route THING = new Route("GET", "/things/{*id}", List.of("id"));

    private static final Operation TOLD = new Operation(THING.key(), "getThing", "Things", "A thing", "One of them.")
            .takes(Parameter.path("id", "Which one.", Shape.text(), "a/b"))
            .answers(Answer.of(200, "The thing.", Content.json("job")));

    private static byte[] document(List<Operation> told, Route... routes) {
        return new OpenApiDocument(INTRODUCTION, told).toJson(List.of(routes));
    }

    @Test
    void tellsOfEachRoute() {
        JsonNode json = JsonMapper.shared().readTree(document(List.of(TOLD), THING, SECRET));

        assertEquals(
                "getThing", json.at("/paths/~1things~1{id}/get/operationId").asString());
        assertEquals(1, json.path("paths").size());
        assertEquals(
                List.of("ChatCompletion", "Error", "Job", "ListedJob"),
                List.copyOf(json.at("/components/schemas").propertyNames()));
        assertEquals(
                "#/components/schemas/ListedJob",
                json.at("/components/schemas/Job/$ref").asString());
        assertEquals(
                "#/components/schemas/Error/$defs/error",
                json.at("/components/schemas/Job/properties/error/$ref").asString());
    }

    @Test
    void refusesARouteThatNothingIsToldOf() {
        assertTold("GET /others", () -> document(List.of(TOLD), THING, SECRET, new Route("GET", "/others", List.of())));
    }

    @Test
    void refusesWhatIsToldOfNoRoute() {
        assertTold("GET /things/{*id}", () -> document(List.of(TOLD), SECRET));
        assertTold("POST /secret", () -> document(List.of(TOLD), THING));
    }

    @Test
    void refusesVariablesOfAPathThatAreNotTheCodes() {
        Operation silent = new Operation(THING.key(), "getThing", "Things", "A thing", "One of them.");
        assertTold("[id]", () -> document(List.of(silent), THING, SECRET));
    }

    @Test
    void refusesTwoOfOneName() {
        assertThrows(IllegalArgumentException.class, () -> document(List.of(TOLD, TOLD), THING, SECRET));
    }

    private static void assertTold(String expected, org.junit.jupiter.api.function.Executable making) {
        String message =
                String.valueOf(assertThrows(IllegalStateException.class, making).getMessage());
        assertTrue(message.contains(expected), message);
    }
}
