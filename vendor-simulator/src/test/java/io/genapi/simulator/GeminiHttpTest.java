package io.genapi.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Gemini's clients do not show, and its OpenAI-compatible endpoint. */
class GeminiHttpTest {

    private static final String GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent";
    private static final String HI = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";

    private final VendorSimulator simulator = VendorSimulator.start();
    private final RawHttp http = new RawHttp(simulator);

    @AfterEach
    void close() {
        http.close();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{} {}",
                "{\"contents\":[]}",
                "{\"contents\":[{\"parts\":[]}]}",
                "{\"contents\":[{\"parts\":[{}]}]}",
                "{\"contents\":[7]}",
                "{\"contents\":[{\"role\":\"assistant\",\"parts\":[{\"text\":\"x\"}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"x\",\"colour\":1}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"temperature\":1}",
                "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":{\"candidateCount\":9}}",
                "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":{\"maxOutputTokens\":\"1\"}}",
                "{\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{}}}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}}"
            })
    void refusesABodyThatIsNoRequest(String body) throws Exception {
        HttpResponse<String> response = http.send("POST", GENERATE, body);
        assertEquals(400, response.statusCode(), response.body());
        JsonNode error = RawHttp.json(response).path("error");
        assertEquals("INVALID_ARGUMENT", error.path("status").stringValue());
        assertFalse(error.path("message").stringValue().isBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1beta/models/m:generateContent",
        "POST, /v1beta/models/m",
        "POST, /v1beta/models/m:countTokens",
        "GET, /v1beta/files",
        "GET, /v1beta"
    })
    void refusesWhatItDoesNotServe(String method, String path) throws Exception {
        HttpResponse<String> response = http.send(method, path, "");
        assertEquals(404, response.statusCode());
        assertEquals(
                "NOT_FOUND", RawHttp.json(response).path("error").path("status").stringValue());
    }

    @Test
    void saysInTheBodyHowLongToWait() throws Exception {
        simulator.failNext(new Fault.Status(429, RetryAfter.ofMillis(1_500)));
        JsonNode error = RawHttp.json(http.send("POST", GENERATE, HI)).path("error");
        assertEquals("1.5s", error.path("details").path(0).path("retryDelay").stringValue());
        simulator.change(now -> now.withRequestsPerMinute(1));
        HttpResponse<String> first = http.send("POST", GENERATE, HI);
        assertEquals(200, first.statusCode());
        assertTrue(http.send("POST", GENERATE, HI).body().contains("RetryInfo"));
    }

    @Test
    void streamsAsAnArrayWhereNobodyAsksForEvents() throws Exception {
        String stream = GENERATE.replace(":generate", ":streamGenerate");
        JsonNode array = RawHttp.json(http.send("POST", stream, HI));
        assertTrue(array.size() > 2, array::toString);
        assertTrue(http.send("POST", stream + "?alt=sse", HI).body().startsWith("data: {"));
    }

    @Test
    void recordsModelAndTextOfACall() throws Exception {
        http.send("POST", GENERATE, HI);
        assertEquals("gemini-2.5-flash", simulator.calls().getFirst().model());
        assertEquals("hi", simulator.calls().getFirst().lastUserText());
    }

    @Test
    void servesOpenAisClientsUnderAnotherBaseUrl() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + simulator.port() + "/v1beta/openai/")
                .apiKey("any")
                .maxRetries(0)
                .build();
        try {
            var params = ChatCompletionCreateParams.builder()
                    .model("gemini-2.5-flash")
                    .addUserMessage("hi")
                    .build();
            var completion = client.chat().completions().create(params).validate();
            assertEquals(
                    "You said: hi",
                    completion.choices().getFirst().message().content().orElseThrow());
            try (var stream = client.chat().completions().createStreaming(params)) {
                assertTrue(stream.stream().count() > 2);
            }
            simulator.failNext(new Fault.Status(429));
            assertThrows(
                    RateLimitException.class, () -> client.chat().completions().create(params));
        } finally {
            client.close();
        }
    }

    @Test
    void tellsErrorsOfTheCompatibleEndpointInGooglesForm() throws Exception {
        HttpResponse<String> response = http.send("POST", "/v1beta/openai/chat/completions", "{}");
        assertEquals(400, response.statusCode());
        assertEquals(
                "INVALID_ARGUMENT",
                RawHttp.json(response).path(0).path("error").path("status").stringValue());
    }
}
