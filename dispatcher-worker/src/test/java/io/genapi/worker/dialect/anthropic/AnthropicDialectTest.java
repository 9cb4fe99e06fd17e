package io.genapi.worker.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.RateLimits;
import io.genapi.schemas.error.ApiError;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class AnthropicDialectTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Candidate STRICT = AnthropicSamples.candidate(false);
    private static final Candidate DROPPING = AnthropicSamples.candidate(true);

    private final AnthropicDialect dialect = new AnthropicDialect();

    @Test
    void sendsTheVersionTheKeyAndTheIds() {
        VendorRequest request = dialect.request(Samples.call(STRICT, Duration.ofSeconds(1)));
        assertEquals("2026-10-21", request.headers().get("anthropic-version"));
        assertEquals("Bearer sk-secret", request.headers().get("Authorization"));
        assertEquals("req-1-vendor-cafe0001", request.headers().get("X-Request-ID"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'temperature':0.2",
                "'top_p':0.9",
                "'n':2",
                "'seed':7",
                "'logprobs':true",
                "'top_logprobs':3",
                "'frequency_penalty':0.5",
                "'presence_penalty':-1",
                "'logit_bias':{'50256':-100}",
                "'metadata':{'a':'b'}",
                "'store':true",
                "'service_tier':'scale'",
                "'modalities':['text','audio']",
                "'audio':{'voice':'ash'}",
                "'prediction':{'type':'content','content':'x'}",
                "'web_search_options':{}",
                "'functions':[{'name':'f'}]",
                "'function_call':'auto'",
                "'reasoning_effort':'minimal'",
                "'verbosity':'low'",
                "'stop':[' ']",
                "'colour':'blue'",
            })
    void leavesOutWhatCannotBeSaidOnlyWhereItMay(String field) {
        String name = field.substring(1, field.indexOf('\'', 1));
        String request = ask(field);
        ApiError error =
                dialect.objection(Samples.body(request), STRICT.vendor()).orElseThrow();
        assertEquals(400, error.status());
        assertEquals(Optional.of("unsupported_parameter"), error.code());
        assertTrue(error.param().orElseThrow().startsWith(name), error.toString());
        assertEquals(Optional.empty(), dialect.objection(Samples.body(request), DROPPING.vendor()));
        assertEquals(sent(ask("'n':1")), sent(request));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'role':'boss','content':'x'}                                                        | messages[0].role
            {'role':'user','content':7}                                                          | messages[0].content
            {'role':'user'}                                                                      | messages[0].content
            {'role':'user','content':''}                                                         | messages[0].content
            {'role':'user','content':[{'type':'poem'}]}                                          | messages[0].content[0].type
            {'role':'user','content':[{'type':'text','text':1}]}                                 | messages[0].content[0].text
            {'role':'user','content':[{'type':'input_audio','input_audio':{}}]}                  | messages[0].content[0].input_audio
            {'role':'user','content':[{'type':'image_url','image_url':{'url':'ftp://x'}}]}       | messages[0].content[0].image_url.url
            {'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/tiff;base64,AA'}}]} | messages[0].content[0].image_url.url
            {'role':'user','content':[{'type':'file','file':{'file_id':'file-1'}}]}              | messages[0].content[0].file.file_id
            {'role':'system','content':[{'type':'image_url','image_url':{'url':'https://x'}}]}   | messages[0].content[0].type
            {'role':'tool','tool_call_id':'call_9','content':'x'}                                | messages[0].tool_call_id
            {'role':'function','name':'f','content':'x'}                                         | messages[0].role
            {'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f','arguments':'['}}]} | messages[0].tool_calls[0].function.arguments
            {'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f','arguments':'{}'}}]} | messages[1]
            """)
    void namesTheMessageThatCannotBeSent(String message, String param) {
        String request = quoted("{'model':'gpt-4o','messages':[" + message + ",{'role':'user','content':'hi'}]}");
        for (Candidate candidate : List.of(STRICT, DROPPING)) {
            ApiError error =
                    dialect.objection(Samples.body(request), candidate.vendor()).orElseThrow();
            assertEquals(Optional.of(param), error.param(), error.message());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'max_tokens':0                                                | max_tokens
            'max_completion_tokens':'many'                                | max_completion_tokens
            'temperature':'hot'                                           | temperature
            'stop':7                                                      | stop
            'user':7                                                      | user
            'tools':{}                                                    | tools
            'tools':[{'type':'custom','custom':{'name':'c'}}]             | tools[0].type
            'tools':[{'type':'function','function':{}}]                   | tools[0].function.name
            'tool_choice':'required'                                      | tool_choice
            'tool_choice':{'type':'function','function':{'name':'f'}}     | tool_choice.function.name
            'parallel_tool_calls':'no'                                    | parallel_tool_calls
            'response_format':{'type':'xml'}                              | response_format.type
            'response_format':{'type':'json_schema','json_schema':{}}     | response_format.json_schema.schema
            'reasoning_effort':'heroic'                                   | reasoning_effort
            """)
    void refusesWhatIsMalformedWhateverMayBeDropped(String field, String param) {
        ApiError error =
                dialect.objection(Samples.body(ask(field)), DROPPING.vendor()).orElseThrow();
        assertEquals(Optional.of(param), error.param(), error.message());
    }

    @Test
    void movesALateSystemPromptOnlyWhereItMay() {
        String request = quoted("{'model':'gpt-4o','messages':[{'role':'user','content':'hi'},"
                + "{'role':'system','content':'Be brief.'}]}");
        assertEquals(
                Optional.of("messages[1].role"),
                dialect.objection(Samples.body(request), STRICT.vendor())
                        .orElseThrow()
                        .param());
        assertEquals(Optional.empty(), dialect.objection(Samples.body(request), DROPPING.vendor()));
        assertEquals("Be brief.", sent(request).at("/system/0/text").stringValue());
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, 400, invalid_request_error",
        "429, rate_limit_error, 429, invalid_request_error",
        "500, api_error, 500, server_error",
        "529, overloaded_error, 503, server_error"
    })
    void translatesErrors(int status, String type, int expectedStatus, String expectedType) {
        Refused refused = refused(
                status, "{'type':'error','error':{'type':'" + type + "','message':'No.'},'request_id':'req_1'}");
        assertEquals(expectedStatus, refused.status());
        assertEquals(Optional.of(Duration.ofSeconds(7)), refused.retryAfter());
        JsonNode error = JSON.readTree(refused.envelope().orElseThrow()).path("error");
        assertEquals("No.", error.path("message").stringValue());
        assertEquals(expectedType, error.path("type").stringValue());
        assertEquals(type, error.path("code").stringValue());
        assertTrue(error.path("param").isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bad Gateway", "{}", "[]", "{'error':'no'}", "{'error':{'type':'x'}}", "{"})
    void takesNothingElseForAnError(String body) {
        assertTrue(refused(502, body).envelope().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{'content':'x'}", "[1]", "{'content':[]} {}"})
    void takesNothingElseForAMessage(String body) {
        assertInstanceOf(Unusable.class, dialect.outcome(response(200, body)));
        assertInstanceOf(Unusable.class, dialect.outcome(response(302, body)));
    }

    @Test
    void readsTheLimitsThatAnthropicTells() {
        Map<String, String> headers = Map.of(
                "anthropic-ratelimit-requests-limit", "50",
                "anthropic-ratelimit-requests-remaining", "49",
                "anthropic-ratelimit-tokens-limit", "soon");
        assertEquals(
                new RateLimits(OptionalLong.of(50), OptionalLong.empty()),
                dialect.rateLimits(new VendorResponse(200, headers, new byte[0], Samples.NOW)));
    }

    @Test
    void hasOnlyObjectionsToRubbish() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            ObjectNode request = (ObjectNode) JSON.readTree(ask("'n':1"));
            for (int fields = random.nextInt(4); fields >= 0; fields--) {
                request.set(Rubbish.name(random), Rubbish.value(random, 4));
            }
            ArrayNode messages = request.putArray("messages");
            for (int count = random.nextInt(3); count >= 0; count--) {
                messages.add(Rubbish.message(random));
            }
            Optional<ApiError> objection = dialect.objection(Samples.body(request.toString()), DROPPING.vendor());
            objection.ifPresent(error -> assertFalse(error.param().orElse("").isEmpty(), request::toString));
            assertTrue(sent(request.toString()).path("messages").isArray());
        }
    }

    private static String ask(String field) {
        return quoted("{'model':'gpt-4o','messages':[{'role':'user','content':'hi'}]," + field + "}");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private JsonNode sent(String request) {
        return JSON.readTree(dialect.request(Samples.call(DROPPING, request, Duration.ofSeconds(1)))
                .body());
    }

    private Refused refused(int status, String body) {
        return assertInstanceOf(Refused.class, dialect.outcome(response(status, body)));
    }

    private static VendorResponse response(int status, String body) {
        return new VendorResponse(
                status, Map.of("retry-after", "7"), quoted(body).getBytes(UTF_8), Samples.NOW);
    }
}
