package io.genapi.schemas.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ApiErrorTest {

    @Test
    void isWrittenAsOpenAisEnvelope() {
        assertEquals(
                """
                {"error":{"message":"Say \\"what\\" → ünïcode 😀","type":"invalid_request_error","param":"model","code":"invalid_value"}}""",
                new String(
                        ApiError.invalidRequest(400, "invalid_value", "model", "Say \"what\" → ünïcode 😀")
                                .toJson(),
                        UTF_8));
    }

    @Test
    void writesNullForWhatItDoesNotName() {
        assertEquals(
                "{\"error\":{\"message\":\"m\",\"type\":\"server_error\",\"param\":null,\"code\":null}}",
                new String(new ApiError(500, "server_error", Optional.empty(), Optional.empty(), "m").toJson(), UTF_8));
        assertEquals(
                Optional.empty(),
                ApiError.invalidRequest(400, "invalid_json", "m").param());
        assertEquals(ApiError.server(503, "c", "m").type(), "server_error");
    }

    @Test
    void canQuoteTextThatUtf8CannotHold() {
        byte[] json = ApiError.server(502, "c", "half a pair: \ud83d!").toJson();
        assertEquals(
                "half a pair: ?!",
                JsonMapper.shared().readTree(json).at("/error/message").asString());
    }
}
