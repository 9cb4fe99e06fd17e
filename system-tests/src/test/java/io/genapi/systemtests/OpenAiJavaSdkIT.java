package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.OpenAiSdk;
import io.genapi.systemtests.harness.SystemTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's client for Java, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class OpenAiJavaSdkIT {

    private final LocalBroker broker;
    private final OpenAIClient client;

    OpenAiJavaSdkIT(LocalBroker broker) {
        this.broker = broker;
        this.client = OpenAiSdk.at(broker.line().address()).build();
    }

    @AfterEach
    void close() {
        client.close();
        broker.simulator().reset();
    }

    private static ChatCompletionCreateParams.Builder ask(String question) {
        return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage(question);
    }

    private String answer(String question) {
        ChatCompletion completion =
                client.chat().completions().create(ask(question).build()).validate();
        return completion.choices().getFirst().message().content().orElse("");
    }

    @Test
    void completesChats() {
        ChatCompletion completion =
                client.chat().completions().create(ask("nonce-java").build()).validate();

        assertEquals("gpt-4o-mini", completion.model());
        assertEquals(
                "You said: nonce-java",
                completion.choices().getFirst().message().content().orElseThrow());
        var usage = completion.usage().orElseThrow();
        assertEquals(usage.totalTokens(), usage.promptTokens() + usage.completionTokens());
    }

    @Test
    void givesEachOfManyCallsItsOwnAnswer() {
        List<String> answers = Concurrently.map(50, i -> answer("nonce-java-" + i));
        for (int i = 0; i < answers.size(); i++) {
            assertEquals("You said: nonce-java-" + i, answers.get(i));
        }
    }

    @Test
    void listsTheModels() {
        assertTrue(client.models().list().data().stream()
                .anyMatch(model -> model.id().equals("gpt-4o-mini")));
    }

    @Test
    void raisesItsTypedErrors() {
        BadRequestException noMessages = assertThrows(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("hello").messages(List.of()).build()));
        assertEquals("messages", noMessages.param().orElse(""));
        assertEquals("invalid_request_error", noMessages.type().orElse(""));

        BadRequestException wrongType = assertThrows(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("hello")
                                .putAdditionalBodyProperty("messages", JsonValue.from("no array"))
                                .build()));
        assertEquals("messages", wrongType.param().orElse(""));

        NotFoundException unknown = assertThrows(
                NotFoundException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("hello").model("no-such-model").build()));
        assertEquals("model_not_found", unknown.code().orElse(""));
    }

    @Test
    void doesNotSendAgainWhatTheBrokerHasGivenUp() {
        broker.simulator().garble(10);

        assertThrows(
                InternalServerException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("java-failing")
                                .putAdditionalHeader("X-Correlation-ID", "java-failing")
                                .build()));

        assertEquals(
                1,
                JobPages.correlated(broker.api(), "java-failing").size(),
                "the client's own retries made no second job");
    }

    private FileObject upload(String beginning, int count) {
        String lines = IntStream.range(0, count)
                .mapToObj(i -> """
                        {"custom_id":"%1$s%2$d","method":"POST","url":"/v1/chat/completions","body":%3$s}
                        """.formatted(beginning, i, Api.chatBody(Api.MODEL, "nonce-" + beginning + i)))
                .collect(Collectors.joining());
        return client.files()
                .create(FileCreateParams.builder()
                        .file(MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))
                                .filename("requests.jsonl")
                                .build())
                        .purpose(FilePurpose.BATCH)
                        .build())
                .validate();
    }

    private Batch create(FileObject file) {
        return client.batches()
                .create(BatchCreateParams.builder()
                        .inputFileId(file.id())
                        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                        .build())
                .validate();
    }

    private Batch ended(String id) {
        Batch[] last = new Batch[1];
        Eventually.holds("the batch ends", () -> {
            last[0] = client.batches().retrieve(id).validate();
            return Set.of(Batch.Status.COMPLETED, Batch.Status.CANCELLED, Batch.Status.FAILED)
                    .contains(last[0].status());
        });
        return last[0];
    }

    private List<String> lines(String file) throws IOException {
        try (HttpResponse content = client.files().content(file)) {
            return new String(content.body().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void runsBatches() throws IOException {
        FileObject file = upload("java-batch-", 40);

        Batch batch = ended(create(file).id());

        assertEquals(Batch.Status.COMPLETED, batch.status());
        assertEquals(40, batch.requestCounts().orElseThrow().completed());
        List<String> answers = lines(batch.outputFileId().orElseThrow());
        assertEquals(40, answers.size());
        assertTrue(answers.stream().anyMatch(line -> line.contains("You said: nonce-java-batch-39")));
        assertTrue(client.files().delete(file.id()).validate().deleted());
        assertThrows(NotFoundException.class, () -> client.files().retrieve(file.id()));
    }

    @Test
    void cancelsABatchAndKeepsWhatWasAnswered() throws IOException {
        broker.simulator().hold();
        Batch asked = create(upload("java-cancel-", 20));
        Eventually.holds("all are at the vendor", () -> broker.simulator().inFlight() == 20);

        Batch cancelling = client.batches().cancel(asked.id()).validate();
        assertEquals(Batch.Status.CANCELLING, cancelling.status());
        Batch batch = ended(asked.id());

        assertEquals(Batch.Status.CANCELLED, batch.status());
        List<String> errors = lines(batch.errorFileId().orElseThrow());
        assertEquals(20, errors.size());
        assertTrue(errors.stream().allMatch(line -> line.contains("batch_cancelled")), errors::toString);
    }
}
