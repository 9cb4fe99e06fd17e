package io.genapi.worker.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.job.ModelName;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureOpenAiDialectTest {

    private final AzureOpenAiDialect dialect = new AzureOpenAiDialect();

    private static Candidate candidate(String baseUrl) {
        return Samples.catalog("""
                vendors:
                  azure: { dialect: azure-openai, base-url: "%s", api-key: "env:VENDOR_KEY" }
                models:
                  gpt-4o: [{ vendor: azure, model: "my gpt/4o" }]
                """.formatted(baseUrl)).candidates(Samples.MODEL).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "https://n.openai.azure.com/openai/v1," + "https://n.openai.azure.com/openai/v1/chat/completions",
        "https://n.openai.azure.com/openai/v1?api-version=preview,"
                + "https://n.openai.azure.com/openai/v1/chat/completions?api-version=preview",
        "https://n.openai.azure.com?api-version=2024-10-21,"
                + "https://n.openai.azure.com/openai/deployments/my%20gpt%2F4o/chat/completions?api-version=2024-10-21",
        "https://gate.example/openai?api-version=2024-10-21,"
                + "https://gate.example/openai/deployments/my%20gpt%2F4o/chat/completions?api-version=2024-10-21",
    })
    void findsThePathOfADeployment(String baseUrl, String expected) {
        assertEquals(
                URI.create(expected),
                dialect.request(Samples.call(candidate(baseUrl), Duration.ofSeconds(1)))
                        .uri());
    }

    @Test
    void sendsTheKeyInAzuresHeaderAndTheBodyWithTheDeployment() {
        VendorRequest request =
                dialect.request(Samples.call(candidate("https://n.openai.azure.com/openai/v1"), Duration.ofSeconds(1)));
        assertEquals("sk-secret", request.headers().get("api-key"));
        assertFalse(request.headers().containsKey("Authorization"));
        assertEquals("req-1-vendor-cafe0001", request.headers().get("X-Request-ID"));
        assertEquals(Samples.BODY.replace("gpt-4o", "my gpt/4o"), new String(request.body(), UTF_8));
    }

    @Test
    void handsOnWhatTheContentFilterSays() {
        Refused refused = assertInstanceOf(Refused.class, dialect.outcome(response(400, """
                {"error":{"message":"The response was filtered","type":null,"param":"prompt","code":"content_filter",\
                "status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":\
                {"hate":{"filtered":true,"severity":"high"}}}}}""")));
        String envelope = new String(refused.envelope().orElseThrow(), UTF_8);
        assertTrue(envelope.contains("\"type\":\"invalid_request_error\""), envelope);
        assertTrue(envelope.contains("\"hate\":{\"filtered\":true,\"severity\":\"high\"}"), envelope);

        String filtered = Samples.COMPLETION.replace(
                "\"choices\":[]",
                "\"choices\":[{\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}]");
        Completed completed = assertInstanceOf(Completed.class, dialect.outcome(response(200, filtered)));
        assertEquals(
                filtered.replace("vendor-model", "gpt-4o"),
                new String(completed.completion().withModel(new ModelName("gpt-4o")), UTF_8));
    }

    private static VendorResponse response(int status, String body) {
        return new VendorResponse(status, Map.of(), Samples.utf8(body), Samples.NOW);
    }
}
