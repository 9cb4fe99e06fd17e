package io.genapi.worker.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.error.ApiError;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.dialect.gemini.request.RequestTranslation;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiDialectTest {

    private final GeminiDialect dialect = new GeminiDialect();

    private static Candidate candidate(String model, boolean dropping) {
        return Samples.catalog("""
                        vendors:
                          gemini:
                            dialect: gemini
                            base-url: "https://gemini.example/v1beta"
                            api-key: "env:VENDOR_KEY"
                            drop-unsupported: %s
                        models:
                          gpt-4o: [{ vendor: gemini, model: "%s" }]
                        """.formatted(dropping, model))
                .candidates(Samples.MODEL)
                .getFirst();
    }

    private VendorRequest request(String model) {
        return dialect.request(Samples.call(candidate(model, false), Duration.ofSeconds(1)));
    }

    @Test
    void sendsTheIdsAndTheKeyInHeadersOnly() {
        VendorRequest request = request("gemini-2.5-flash");
        assertEquals(
                URI.create("https://gemini.example/v1beta/models/gemini-2.5-flash:generateContent"), request.uri());
        assertEquals("sk-secret", request.headers().get("x-goog-api-key"));
        assertEquals("req-1-vendor-cafe0001", request.headers().get("X-Request-ID"));
        assertFalse(request.toString().contains("secret"), request.toString());
        assertEquals(
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}",
                new String(request.body(), UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"models/gemini-x, gemini-x", "../files/x?key=1, ..%2Ffiles%2Fx%3Fkey%3D1", "a b, a%20b"})
    void letsNoModelsNameLeadElsewhere(String model, String inAddress) {
        assertEquals(
                "https://gemini.example/v1beta/models/" + inAddress + ":generateContent",
                request(model).uri().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "logit_bias":{"5":1}                    | logit_bias
                    "user":"u-1"                            | user
                    "seed":3000000000                       | seed
                    "parallel_tool_calls":false             | parallel_tool_calls
                    "reasoning_effort":"xhigh"              | reasoning_effort
                    "response_format":{"type":"grammar"}    | response_format.type
                    "service_tier":"scale"                  | service_tier
                    "modalities":["text","audio"]           | modalities
                    "store":true                            | store
                    "functions":[]                          | functions
                    "never_heard_of":1                      | never_heard_of
                    "extra_body":{"google":{"x":1}}         | extra_body.google.x
                    "tools":[{"type":"web_search"}]         | tools[0]
                    """)
    void leavesOutWhatGeminiCannotBeAskedOnlyWhereTheCatalogSaysSo(String field, String param) {
        String body = Samples.BODY.replace("\"messages\"", field + ",\"messages\"");
        ApiError error = objection(body, false).orElseThrow();
        assertEquals(400, error.status());
        assertEquals("unsupported_parameter", error.code().orElseThrow());
        assertEquals(param, error.param().orElseThrow());
        assertEquals(Optional.empty(), objection(body, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"role":"boss","content":"x"}                                          | messages[0].role
                    {"content":"x"}                                                        | messages[0].role
                    {"role":"user"}                                                        | messages[0].content
                    {"role":"user","content":[{"type":"video"}]}                           | messages[0].content[0].type
                    {"role":"user","content":["x"]}                                        | messages[0].content[0]
                    {"role":"user","content":[{"type":"image_url","image_url":{"url":"cat.png"}}]} | messages[0].content[0].image_url.url
                    {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png,x"}}]} | messages[0].content[0].image_url.url
                    {"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}     | messages[0].content[0].file.file_id
                    {"role":"user","content":[{"type":"file","file":{"file_data":"https://example.com/a.pdf"}}]} | messages[0].content[0].file.file_data
                    {"role":"tool","tool_call_id":"gone","content":"x"}                    | messages[0].tool_call_id
                    {"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"[1]"}}]} | messages[0].tool_calls[0].function.arguments
                    {"role":"assistant","tool_calls":[{"id":"a","type":"custom"}]}         | messages[0].tool_calls[0].type
                    {"role":"system","content":"x"}                                        | messages
                    """)
    void refusesWhatMakesNoSenseWhateverTheCatalogSays(String message, String param) {
        ApiError error = objection("{\"model\":\"m\",\"messages\":[" + message + "]}", true)
                .orElseThrow();
        assertEquals(400, error.status());
        assertEquals(param, error.param().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "temperature":"hot"                                       | temperature
                    "n":1.5                                                   | n
                    "stop":7                                                  | stop
                    "stop":["1","2","3","4","5","6"]                          | stop
                    "top_logprobs":2                                          | top_logprobs
                    "tool_choice":"required"                                  | tool_choice
                    "tool_choice":{"type":"function","function":{"name":"f"}} | tool_choice.function.name
                    "response_format":{"type":"json_schema"}                  | response_format.json_schema
                    "tools":[{"type":"function"}]                             | tools[0].function
                    """)
    void refusesFieldsThatMakeNoSense(String field, String param) {
        String body = Samples.BODY.replace("\"messages\"", field + ",\"messages\"");
        assertEquals(param, objection(body, true).orElseThrow().param().orElseThrow());
    }

    private Optional<ApiError> objection(String body, boolean dropping) {
        return dialect.objection(
                Samples.body(body), candidate("gemini-2.5-flash", dropping).vendor());
    }

    @Test
    void signsForeignToolCallsForModelsThatTakeNoneUnsigned() {
        String body = """
                {"model":"m","messages":[{"role":"user","content":"x"},
                {"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"a","content":"y"}]}""";
        assertTrue(translated(body, "gemini-3-pro").contains("skip_thought_signature_validator"));
        assertFalse(translated(body, "gemini-2.5-pro").contains("Signature"));
    }

    private static String translated(String body, String model) {
        return RequestTranslation.of(Samples.utf8(body), model).body().toString();
    }

    @Test
    void waitsAsLongAsGeminiSays() {
        Refused refused = refused(429, """
                {"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED","details":[
                {"@type":"type.googleapis.com/google.rpc.QuotaFailure"},
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.5s"}]}}""");
        assertEquals(429, refused.status());
        assertEquals(Optional.of(Duration.ofMillis(34_500)), refused.retryAfter());
        assertEquals(
                "{\"error\":{\"message\":\"Quota\",\"type\":\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}",
                new String(refused.envelope().orElseThrow(), UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    400 | {"code":400,"message":"no","status":"INVALID_ARGUMENT"}                                          | 400 | invalid_argument
                    400 | {"code":400,"message":"no","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]} | 401 | invalid_api_key
                    400 | {"code":400,"message":"no","status":"FAILED_PRECONDITION"}                                       | 403 | failed_precondition
                    404 | {"code":404,"message":"no","status":"NOT_FOUND"}                                                 | 404 | not_found
                    503 | {"code":503,"message":"no","status":"UNAVAILABLE"}                                               | 503 | unavailable
                    """)
    void tellsErrorsInOpenAisEnvelope(int status, String error, int ours, String code) {
        for (String body : new String[] {"{\"error\":" + error + "}", "[{\"error\":" + error + "}]"}) {
            Refused refused = refused(status, body);
            assertEquals(ours, refused.status());
            String envelope = new String(refused.envelope().orElseThrow(), UTF_8);
            assertTrue(envelope.contains("\"code\":\"" + code + "\""), envelope);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bad Gateway", "{}", "[]", "{\"error\":\"no\"}", "7"})
    void makesUpNoEnvelope(String body) {
        assertEquals(Optional.empty(), refused(502, body).envelope());
    }

    private Refused refused(int status, String body) {
        return assertInstanceOf(Refused.class, dialect.outcome(response(status, body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "[1]",
                "{\"candidates\":[]}",
                "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}"
            })
    void takesNothingElseForAnAnswer(String body) {
        assertInstanceOf(Unusable.class, dialect.outcome(response(200, body)));
    }

    private static VendorResponse response(int status, String body) {
        return new VendorResponse(status, Map.of(), Samples.utf8(body), Samples.NOW);
    }
}
