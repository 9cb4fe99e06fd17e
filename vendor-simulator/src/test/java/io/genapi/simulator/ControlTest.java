package io.genapi.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.simulator.behaviour.Behaviour;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ControlTest {

    private final VendorSimulator simulator = VendorSimulator.start();
    private final RawHttp http = new RawHttp(simulator);

    @AfterEach
    void close() {
        http.close();
        simulator.close();
    }

    private JsonNode ok(String method, String endpoint, String body) throws Exception {
        HttpResponse<String> response = http.send(method, "/simulator/" + endpoint, body);
        assertEquals(200, response.statusCode(), response.body());
        return RawHttp.json(response);
    }

    @Test
    void changesItsBehaviourWholeOrInPart() throws Exception {
        ok("PUT", "behaviour", "{\"error_rate\":1,\"error_statuses\":[503],\"retry_after\":2,\"retry_after_ms\":1500}");
        ok("PATCH", "behaviour", "{\"error_statuses\":[502]}");
        HttpResponse<String> failed = http.chat("hi");
        assertEquals(502, failed.statusCode());
        assertEquals("2", failed.headers().firstValue("retry-after").orElseThrow());
        assertEquals("1500", failed.headers().firstValue("retry-after-ms").orElseThrow());

        JsonNode reset = ok("PUT", "behaviour", "{}");
        assertEquals(Behaviour.PROMPT, simulator.behaviour());
        assertEquals(reset, ok("GET", "behaviour", ""));
    }

    @Test
    void scriptsFaults() throws Exception {
        JsonNode added =
                ok("POST", "faults", "[{\"fault\":\"none\"},{\"fault\":\"status\",\"status\":429,\"times\":2}]");
        assertEquals(3, added.path("remaining").intValue());
        assertEquals(200, http.chat("1").statusCode());
        assertEquals(429, http.chat("2").statusCode());
        ok("DELETE", "faults", "");
        assertEquals(200, http.chat("3").statusCode());
    }

    @Test
    void scriptsEveryFaultThereIs() throws Exception {
        for (String name : List.of(
                "none",
                "status",
                "hang",
                "hang-after-headers",
                "slow-drip",
                "wrong-content-type",
                "close-before-headers",
                "close-after-headers",
                "truncated-body",
                "malformed-json")) {
            ok("POST", "faults", "{\"fault\":\"%s\"}".formatted(name));
        }
        assertEquals(10, ok("GET", "faults", "").path("remaining").intValue());
    }

    @Test
    void plansAnOutage() throws Exception {
        ok("POST", "outages", "{\"for\":\"1h\",\"fault\":\"status\",\"status\":502,\"retry_after\":9}");
        JsonNode planned = ok("POST", "outages", "{\"after\":\"1h\",\"for\":\"30s\"}");
        assertEquals(2, planned.path("remaining").intValue());
        HttpResponse<String> failed = http.chat("hi");
        assertEquals(502, failed.statusCode());
        assertEquals("9", failed.headers().firstValue("retry-after").orElseThrow());
        assertEquals(0, ok("DELETE", "outages", "").path("remaining").intValue());
        assertEquals(200, http.chat("hi").statusCode());
    }

    @Test
    void showsItsCallsAndForgetsThem() throws Exception {
        var _ = http.send(http.request("POST", RawHttp.CHAT, RawHttp.chatBody("seen"))
                .header("X-Request-ID", "r-1")
                .header("X-Original-Request-ID", "r-0"));
        JsonNode call = ok("GET", "calls", "").path(0);
        assertEquals("seen", call.path("last_user_text").stringValue());
        assertEquals(200, call.path("status").intValue());
        assertEquals("r-1", simulator.calls().getFirst().requestId().orElseThrow());
        assertEquals("r-0", simulator.calls().getFirst().originalRequestId().orElseThrow());

        ok("DELETE", "calls", "");
        assertEquals(0, ok("GET", "stats", "").path("total").intValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PUT   | behaviour | {                        | not JSON
                    PUT   | behaviour | []                       | JSON object
                    PATCH | behaviour | 7                        | JSON object
                    PUT   | behaviour | {"latensy":"1s"}         | latensy
                    PUT   | behaviour | {"latency":1}            | latency
                    PUT   | behaviour | {"time_per_token":"1"}   | time_per_token
                    PUT   | behaviour | {"error_rate":"all"}     | error_rate
                    PUT   | behaviour | {"error_statuses":[200]} | error status
                    PUT   | behaviour | {"error_statuses":500}   | error_statuses
                    PUT   | behaviour | {"held":"yes"}           | held
                    POST  | faults    | {"fault":"earthquake"}   | earthquake
                    POST  | faults    | {"status":200}            | status
                    POST  | faults    | {"times":0}              | times
                    POST  | faults    | {"fault":"slow-drip","per_byte":"0"} | per byte
                    POST  | outages   | {"fault":"hang"}         | for
                    POST  | outages   | {"for":"0"}              | for
                    POST  | outages   | {"for":"1s","times":3}   | times
                    POST  | outages   | {"for":"1s","after":"25h"} | after
                    POST  | outages   | {"for":"1s","fault":"none"} | none
                    """)
    void refusesRubbishByName(String method, String endpoint, String body, String named) throws Exception {
        HttpResponse<String> response = http.send(method, "/simulator/" + endpoint, body);
        assertEquals(400, response.statusCode());
        String message = RawHttp.json(response).path("error").path("message").stringValue();
        assertTrue(message.contains(named), message);
        assertEquals(Behaviour.PROMPT, simulator.behaviour());
    }
}
