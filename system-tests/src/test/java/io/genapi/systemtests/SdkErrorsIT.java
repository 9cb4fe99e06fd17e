package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.OpenAiNpm;
import io.genapi.systemtests.harness.OpenAiSdk;
import io.genapi.systemtests.harness.SystemTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What OpenAI's clients raise for each status that a gateway answers an error with. */
@SystemTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SdkErrorsIT {

    private final Path directory = Checkout.emptyDirectory("sdk-errors");
    private final Path catalog = directory.resolve("tenants.yaml");
    private final Map<String, String> keys = new HashMap<>();
    private final Deployment broker = new Deployment(
            Checkout.installation(),
            directory,
            new Layout(1, 4, 1, 1, 1, Map.of("simulator", List.of()), Optional.of((_, urls) -> write(urls)), Map.of()));
    private final ServiceProcess full = broker.startGateway(Map.of(
            "genapi.gateway.disk.path", directory.toString(), "genapi.gateway.disk.min-free", Long.MAX_VALUE + "B"));
    private final OpenAIClient client = client(broker.api(), key("acme"));

    /** A catalog with keys, as a user makes them. */
    private Path write(Map<String, String> urls) {
        try {
            Files.writeString(catalog, """
                    vendors: { simulator: { base-url: "%s" } }
                    models: { %s: [{ vendor: simulator }] }
                    tenants:
                      acme: {}
                      limited: { requests-per-minute: 2 }
                      limited-too: { requests-per-minute: 2 }
                    """.formatted(urls.get("simulator"), Api.MODEL));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        for (String tenant : List.of("acme", "limited", "limited-too")) {
            Genapi.Outcome created = new Genapi(directory).run("keys", "create", tenant, "--file", catalog.toString());
            assertEquals(0, created.exitCode(), created::toString);
            keys.put(tenant, created.out().strip());
        }
        return catalog;
    }

    private String key(String tenant) {
        return Objects.requireNonNull(keys.get(tenant));
    }

    private static OpenAIClient client(Api api, String key) {
        return OpenAiSdk.at(api.base()).apiKey(key).maxRetries(0).build();
    }

    @AfterEach
    void reset() {
        broker.simulator().reset();
    }

    @AfterAll
    void close() {
        client.close();
        broker.close();
    }

    private static ChatCompletionCreateParams.Builder ask(String question) {
        return ChatCompletionCreateParams.builder().model(Api.MODEL).addUserMessage(question);
    }

    private static ChatCompletion chat(OpenAIClient client, ChatCompletionCreateParams.Builder asked) {
        return client.chat().completions().create(asked.build());
    }

    private static <E extends OpenAIServiceException> void assertRaises(
            Class<E> type, int status, String code, Runnable call) {
        E raised = assertThrows(type, call::run);
        assertEquals(status, raised.statusCode(), raised::toString);
        assertEquals(code, raised.code().orElse(""), raised::toString);
    }

    @Test
    void forJavaHasATypeForEach() {
        assertRaises(BadRequestException.class, 400, "invalid_value", () -> chat(client, ask("x").model("")));
        assertRaises(NotFoundException.class, 404, "model_not_found", () -> chat(client, ask("x").model("none")));
        assertRaises(
                UnexpectedStatusCodeException.class,
                413,
                "request_too_large",
                () -> chat(client, ask("x".repeat(10 * 1024 * 1024))));
        OpenAIClient stranger = client(broker.api(), "sk-genapi-nobody");
        assertRaises(
                UnauthorizedException.class,
                401,
                "invalid_api_key",
                () -> stranger.models().list());
        stranger.close();
        OpenAIClient limited = client(broker.api(), key("limited"));
        assertRaises(RateLimitException.class, 429, "rate_limit_exceeded", () -> {
            for (int i = 0; i < 20; i++) {
                chat(limited, ask("java-limited-" + i));
            }
        });
        limited.close();
        OpenAIClient refusing = client(full.api(), key("acme"));
        assertRaises(InternalServerException.class, 503, "disk_full", () -> chat(refusing, ask("x")));
        refusing.close();
    }

    @Test
    void forJavaSaysThatAKeyIsTaken() {
        chat(client, ask("java-once").putAdditionalHeader("Idempotency-Key", "java-errors"));

        assertRaises(
                UnprocessableEntityException.class,
                422,
                "idempotency_key_reused",
                () -> chat(client, ask("java-twice").putAdditionalHeader("Idempotency-Key", "java-errors")));
    }

    @Test
    void forJavaSaysThatAVendorAnswersNonsense() {
        broker.simulator().garble(10);

        assertRaises(
                InternalServerException.class,
                502,
                "vendor_unusable_response",
                () -> chat(client, ask("java-garbled")));
    }

    @Test
    void forJavaSaysThatAFileIsInUse() {
        broker.simulator().hold();
        FileObject file = client.files()
                .create(FileCreateParams.builder()
                        .file(MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream("""
                                        {"custom_id":"one","method":"POST","url":"/v1/chat/completions","body":%s}
                                        """.formatted(Api.chatBody(Api.MODEL, "java-conflict"))
                                        .getBytes(StandardCharsets.UTF_8)))
                                .filename("requests.jsonl")
                                .build())
                        .purpose(FilePurpose.BATCH)
                        .build());
        Batch batch = client.batches()
                .create(BatchCreateParams.builder()
                        .inputFileId(file.id())
                        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                        .build());

        assertRaises(
                UnexpectedStatusCodeException.class,
                409,
                "file_in_use",
                () -> client.files().delete(file.id()));
        client.batches().cancel(batch.id());
    }

    @Test
    void forJavaDoesNotSendAgainWhatTakesLongerThanItWaits() {
        broker.simulator().hold();
        OpenAIClient patient = client.withOptions(
                options -> options.timeout(Duration.ofSeconds(4)).maxRetries(2));

        InternalServerException raised = assertThrows(
                InternalServerException.class,
                () -> chat(patient, ask("java-slow").putAdditionalHeader("X-Correlation-ID", "java-slow")));

        assertEquals(504, raised.statusCode());
        assertEquals(List.of("false"), raised.headers().values("x-should-retry"));
        assertTrue(raised.headers().values("location").getFirst().startsWith("/v1/jobs/job_"), raised::toString);
        assertEquals(1, correlated("java-slow"));
    }

    private int correlated(String id) {
        return JobPages.correlated(broker.api(), id, "Authorization", "Bearer " + key("acme"))
                .size();
    }

    @Test
    void forJavaScriptHasATypeForEach() {
        OpenAiNpm.Outcome outcome = OpenAiNpm.installed("SdkErrorsIT.forJavaScriptHasATypeForEach")
                .test(
                        Map.of(
                                "GENAPI_BASE_URL", broker.api().base() + "/v1",
                                "FULL_BASE_URL", full.api().base() + "/v1",
                                "GENAPI_KEY", key("acme"),
                                "LIMITED_KEY", key("limited-too"),
                                "SIMULATOR_CONTROL_URL", broker.simulator().controlUrl()),
                        "errors.test.mjs");

        assertEquals(0, outcome.exitCode(), outcome::output);
        assertEquals(1, correlated("npm-slow"));
        assertEquals(1, correlated("npm-unknown"));
    }
}
