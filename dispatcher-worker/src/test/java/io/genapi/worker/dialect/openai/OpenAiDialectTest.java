package io.genapi.worker.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.RequestId;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDialectTest {

    private static final Candidate CANDIDATE =
            Samples.twoVendors().candidates(Samples.MODEL).getFirst();

    private final OpenAiDialect dialect = new OpenAiDialect();

    @Test
    void postsTheCallersBytesWithTheVendorsModel() {
        VendorRequest request = dialect.request(Samples.call(CANDIDATE, Duration.ofSeconds(1)));
        assertEquals(URI.create("https://north.example/v1/chat/completions"), request.uri());
        assertEquals(Samples.BODY.replace("gpt-4o", "north-4o"), new String(request.body(), UTF_8));
    }

    @Test
    void sendsTheIdsAndTheKey() {
        VendorRequest request = dialect.request(Samples.call(CANDIDATE, Duration.ofSeconds(1)));
        assertEquals("req-1-vendor-cafe0001", request.headers().get("X-Request-ID"));
        assertEquals("req-1", request.headers().get("X-Original-Request-ID"));
        assertEquals("order%207", request.headers().get("X-Correlation-ID"));
        assertEquals("Bearer sk-secret", request.headers().get("Authorization"));
    }

    @Test
    void letsNoHeaderBeInjectedAndNoKeyBePrinted() {
        VendorCall call = new VendorCall(
                CANDIDATE,
                Samples.body(Samples.BODY),
                new RequestId("a\r\nX-Evil: 1"),
                CorrelationId.of("ü\n"),
                "cafe0001",
                Duration.ofSeconds(1));
        VendorRequest request = dialect.request(call);
        assertEquals("a%0D%0AX-Evil:%201-vendor-cafe0001", request.headers().get("X-Request-ID"));
        assertEquals("%C3%BC%0A", request.headers().get("X-Correlation-ID"));
        assertFalse(request.toString().contains("secret"), request.toString());
    }

    @Test
    void asksForNoUsageWhereTheCatalogSaysThatThatIsRefused() {
        Candidate plain = streaming("");
        Candidate older = streaming(", stream-usage: false");
        String body = Samples.BODY.replaceFirst("\\{", "{\"stream\":true,");
        String asking = body.replaceFirst("\\{", "{\"stream_options\":{\"include_usage\":true},");
        Duration second = Duration.ofSeconds(1);
        assertEquals(asking, sent(dialect.streamRequest(Samples.call(plain, body, second))));
        assertEquals(body, sent(dialect.streamRequest(Samples.call(older, body, second))));
        assertEquals(body, sent(dialect.streamRequest(Samples.call(older, asking, second))));
        assertEquals(Optional.empty(), dialect.objection(Samples.body(body), older.vendor()));
        assertEquals(Optional.empty(), dialect.objection(Samples.body(asking), plain.vendor()));
        ApiError error = dialect.objection(Samples.body(asking), older.vendor()).orElseThrow();
        assertEquals(Optional.of("stream_options.include_usage"), error.param());
        Vendor lenient =
                streaming(", stream-usage: false, drop-unsupported: true").vendor();
        assertEquals(Optional.empty(), dialect.objection(Samples.body(asking), lenient));
    }

    private static Candidate streaming(String more) {
        return Samples.catalog("""
                vendors: { only: { base-url: "https://vllm.example/v1"%s } }
                models: { gpt-4o: [{ vendor: only }] }
                """.formatted(more)).candidates(Samples.MODEL).getFirst();
    }

    private static String sent(VendorRequest request) {
        return new String(request.body(), UTF_8);
    }

    @Test
    void takesACompletion() {
        Completed completed = assertInstanceOf(Completed.class, dialect.outcome(response(200, Samples.COMPLETION)));
        assertEquals(8, completed.completion().usage().orElseThrow().totalTokens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"choices\":[", "[1]"})
    void takesNothingElseForACompletion(String body) {
        assertInstanceOf(Unusable.class, dialect.outcome(response(200, body)));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 204, 301, 302, 600, 999})
    void takesNoOtherStatusForAnAnswer(int status) {
        assertInstanceOf(Unusable.class, dialect.outcome(response(status, Samples.COMPLETION)));
    }

    @Test
    void handsOnTheVendorsEnvelopeByteForByte() {
        String envelope =
                "{ \"error\": {\"message\":\"no\",\"type\":\"t\",\"param\":null,\"code\":\"c\",\"more\":[1]}}";
        assertEquals(Optional.of(envelope), envelope(429, envelope));
    }

    @Test
    void completesAnEnvelopeThatIsNotWhole() {
        assertEquals(
                Optional.of(
                        "{\"error\":{\"message\":\"no\",\"code\":\"429\",\"type\":\"invalid_request_error\",\"param\":null}}"),
                envelope(429, "{\"error\":{\"message\":\"no\",\"code\":429}}"));
    }

    @Test
    void understandsErrorsOfGeminisCompatibleEndpoint() {
        String body = "[{\"error\":{\"code\":429,\"message\":\"no\",\"details\":[{\"retryDelay\":\"7s\"}]}}]";
        Refused refused = assertInstanceOf(Refused.class, dialect.outcome(response(429, body)));
        assertEquals(Optional.of(Duration.ofSeconds(7)), refused.retryAfter());
        String envelope = new String(refused.envelope().orElseThrow(), UTF_8);
        assertEquals(
                "{\"error\":{\"code\":\"429\",\"message\":\"no\",\"details\":[{\"retryDelay\":\"7s\"}],\"type\":\"invalid_request_error\",\"param\":null}}",
                envelope);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bad Gateway", "{}", "[]", "{\"error\":\"no\"}", "{\"error\":{\"code\":\"c\"}}", "{"})
    void takesNothingElseForAnEnvelope(String body) {
        assertEquals(Optional.empty(), envelope(502, body));
    }

    private Optional<String> envelope(int status, String body) {
        Refused refused = assertInstanceOf(Refused.class, dialect.outcome(response(status, body)));
        assertEquals(status, refused.status());
        return refused.envelope().map(bytes -> new String(bytes, UTF_8));
    }

    private static VendorResponse response(int status, String body) {
        return new VendorResponse(status, Map.of(), Samples.utf8(body), Samples.NOW);
    }
}
