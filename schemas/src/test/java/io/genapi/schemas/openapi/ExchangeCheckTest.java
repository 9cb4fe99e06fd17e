package io.genapi.schemas.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExchangeCheckTest {

    private static final String DOCUMENT = """
            {"openapi": "3.1.1", "info": {"title": "t", "version": "1"},
             "paths": {"/things/{id}": {"post": {
               "operationId": "changeThing",
               "parameters": [{"name": "vendor", "in": "query", "schema": {"type": "string"}, "example": "v"}],
               "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}}},
               "responses": {
                 "200": {"description": "", "headers": {"retry-after": {"schema": {"type": "integer"}}},
                         "content": {
                           "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                           "text/event-stream": {"x-event-data": {"anyOf": [{"$ref": "#/components/schemas/Thing"}]}}}},
                 "404": {"description": "", "content": {"application/json": {
                           "schema": {"$ref": "#/components/schemas/Error"}, "examples": {"no_thing": {"value": {}}}}}},
                 "default": {"description": "", "headers": {"Genapi-Job-Id": {"schema": {"type": "string"}}},
                             "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}}}},
             "components": {"schemas": {
               "Thing": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]},
               "Change": {"type": "object", "required": ["to"]},
               "Error": {"type": "object", "required": ["error"]}}}}
            """;

    private final ExchangeCheck check = new ExchangeCheck(JsonMapper.shared().readTree(DOCUMENT));

    private List<String> problems(String path, int status, Map<String, String> headers, String body) {
        return check.problems(exchange(path, Set.of(), "{\"to\": 1}", status, headers, body));
    }

    private static RecordedExchange exchange(
            String path, Set<String> query, String request, int status, Map<String, String> headers, String body) {
        Map<String, List<String>> all = new java.util.HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        all.putIfAbsent("Content-Type", List.of("application/json"));
        return new RecordedExchange("POST", path, query, Optional.of(request), status, all, Optional.of(body));
    }

    private static void assertTells(String expected, List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains(expected), problems::toString);
    }

    @Test
    void hasNothingToSayOfWhatIsAsTheDocumentSays() {
        assertEquals(List.of(), problems("/things/1", 200, Map.of("retry-after", "3", "Date", "now"), "{\"n\": 1}"));
        assertEquals(List.of(), problems("/things/1", 404, Map.of(), "{\"error\": {\"code\": \"no_thing\"}}"));
        assertEquals(List.of(), problems("/nothing", 404, Map.of(), "{\"error\": {}}"));
        assertEquals(Set.of("changeThing 200", "changeThing 404"), check.seen());
    }

    @Test
    void noticesOperationsStatusesAndCodesThatAreNotTold() {
        assertTells("no such operation", problems("/nothing", 200, Map.of(), "{}"));
        assertTells("status is not documented", problems("/things/1", 201, Map.of(), "{\"n\": 1}"));
        assertTells(
                "code is not documented", problems("/things/1", 404, Map.of(), "{\"error\": {\"code\": \"other\"}}"));
        assertEquals(
                List.of(),
                problems("/things/1", 404, Map.of("Genapi-Job-Id", "j"), "{\"error\": {\"code\": \"other\"}}"),
                "a vendor's own");
    }

    @Test
    void noticesHeadersThatAreNotToldOrAreOtherwise() {
        assertTells("retry-after", problems("/things/1", 200, Map.of("retry-after", "soon"), "{\"n\": 1}"));
        assertTells("X-New", problems("/things/1", 200, Map.of("X-New", "1"), "{\"n\": 1}"));
    }

    @Test
    void noticesBodiesThatAreOtherwise() {
        assertTells("not as its schema says", problems("/things/1", 200, Map.of(), "{\"n\": \"one\"}"));
        assertTells("not JSON", problems("/things/1", 200, Map.of(), "{"));
        assertTells("content type 'text/html'", problems("/things/1", 200, Map.of("Content-Type", "text/html"), "x"));
        assertTells("not as its schema says", problems("/nothing", 404, Map.of(), "{}"));
        Map<String, String> events = Map.of("Content-Type", "text/event-stream;charset=utf-8");
        assertEquals(List.of(), problems("/things/1", 200, events, "id: 1\ndata: {\"n\": 1}\n\ndata: [DONE]\n\n"));
        assertTells("not as its schema says", problems("/things/1", 200, events, "data: {\"n\": \"one\"}\n\n"));
    }

    @Test
    void noticesRequestsThatWereTakenAndAreNotTold() {
        assertTells(
                "not as its schema says",
                check.problems(exchange("/things/1", Set.of("vendor"), "{}", 200, Map.of(), "{\"n\": 1}")));
        assertTells(
                "query parameters [other]",
                check.problems(exchange("/things/1", Set.of("other"), "{\"to\": 1}", 200, Map.of(), "{\"n\": 1}")));
        RecordedExchange exchange = exchange("/things/1", Set.of(), "{\"to\": 1}", 200, Map.of(), "{\"n\": 1}");
        assertTells("header X-Odd", check.untold(exchange, Set.of("header X-Odd", "query vendor")));
    }
}
