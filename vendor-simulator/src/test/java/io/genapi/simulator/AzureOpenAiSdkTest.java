package io.genapi.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.simulator.fault.Fault;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Holds the simulator's Azure to OpenAI's client in both modes of Azure's paths. */
class AzureOpenAiSdkTest {

    private final VendorSimulator simulator =
            VendorSimulator.start(SimulatorOptions.PLAIN.withKeys("azure-key").withModels("my-gpt"));

    @AfterEach
    void close() {
        simulator.close();
    }

    private OpenAIClient client(AzureUrlPathMode mode, String key) {
        String root = simulator.baseUri().resolve("/").toString();
        return OpenAIOkHttpClient.builder()
                .baseUrl(mode == AzureUrlPathMode.UNIFIED ? root + "openai/v1" : root)
                .azureUrlPathMode(mode)
                .azureServiceVersion(AzureOpenAIServiceVersion.latestStableVersion())
                .credential(AzureApiKeyCredential.create(key))
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams ask(String text) {
        return ChatCompletionCreateParams.builder()
                .model("my-gpt")
                .addUserMessage(text)
                .build();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "UNIFIED"})
    void answersOverBothKindsOfPaths(AzureUrlPathMode mode) {
        OpenAIClient client = client(mode, "azure-key");
        try {
            ChatCompletion completion = client.chat().completions().create(ask("hello"));
            ChatCompletion.Choice choice = completion.choices().getFirst();
            assertEquals("You said: hello", choice.message().content().orElseThrow());
            assertEquals(
                    mode == AzureUrlPathMode.LEGACY
                            ? "/openai/deployments/my-gpt/chat/completions"
                            : "/openai/v1/chat/completions",
                    simulator.calls().getFirst().path());
            assertTrue(simulator.calls().getFirst().header("api-key").isPresent());

            ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
            try (var stream = client.chat().completions().createStreaming(ask("one two three"))) {
                stream.stream().forEach(accumulator::accumulate);
            }
            assertEquals(
                    "You said: one two three",
                    accumulator
                            .chatCompletion()
                            .choices()
                            .getFirst()
                            .message()
                            .content()
                            .orElseThrow());
        } finally {
            client.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "UNIFIED"})
    void refusesAsAzureDoes(AzureUrlPathMode mode) {
        OpenAIClient stranger = client(mode, "another-key");
        OpenAIClient client = client(mode, "azure-key");
        try {
            assertThrows(
                    UnauthorizedException.class,
                    () -> stranger.chat().completions().create(ask("hi")));
            var elsewhere = ask("hi").toBuilder().model("not-mine").build();
            assertThrows(
                    NotFoundException.class, () -> client.chat().completions().create(elsewhere));
            simulator.failNext(new Fault.Status(429));
            assertThrows(
                    RateLimitException.class, () -> client.chat().completions().create(ask("hi")));
        } finally {
            stranger.close();
            client.close();
        }
    }

    @Test
    void needsAVersionWhereADeploymentIsNamedAndTellsWhatTheContentFilterSays() throws Exception {
        try (VendorSimulator open = VendorSimulator.start();
                RawHttp http = new RawHttp(open)) {
            String path = "/openai/deployments/my-gpt/chat/completions";
            String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
            HttpResponse<String> undated = http.send("POST", path, body);
            assertEquals(404, undated.statusCode());
            HttpResponse<String> dated = http.send("POST", path + "?api-version=2024-10-21", body);
            assertEquals(200, dated.statusCode());
            JsonNode completion = RawHttp.json(dated);
            assertEquals("my-gpt", completion.path("model").stringValue());
            for (String results :
                    List.of("/choices/0/content_filter_results", "/prompt_filter_results/0/content_filter_results")) {
                assertEquals("safe", completion.at(results + "/hate/severity").stringValue());
            }
        }
    }
}
