package io.genapi.gateway.http;

import io.genapi.gateway.openapi.Introduction;
import io.genapi.gateway.openapi.OpenApiDocument;
import io.genapi.gateway.openapi.Operation;
import io.genapi.runtime.reload.ReloadAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that callers are told of the HTTP API; the paths themselves come from the code that serves them. */
public final class ApiDescription {

    /** What steers the broker itself is for its operators, and what processes ask one another is for nobody else. */
    public static final List<String> UNDOCUMENTED = List.of("POST /catalog/reload", "POST " + ReloadAnswer.PATH);

    private ApiDescription() {}

    /** @param version of the build */
    public static OpenApiDocument document(String version) {
        return new OpenApiDocument(
                new Introduction(
                        version,
                        "An asynchronous request broker for large language models. OpenAI's SDKs work with the base URL"
                                + " `/v1`; whatever is accepted is durable, and reaches exactly one end. Errors are OpenAI's"
                                + " envelope: `code` says what went wrong, and `message` what helps.",
                        tags(),
                        AnswerHeaders.EVERYWHERE,
                        UNDOCUMENTED),
                Stream.of(
                                ChatOperations.all(),
                                JobOperations.all(),
                                ResponseOperations.all(),
                                FileOperations.all(),
                                BatchOperations.all(),
                                EndpointOperations.all(),
                                DeliveryOperations.all(),
                                BrokerOperations.all())
                        .flatMap(List<Operation>::stream)
                        .toList());
    }

    private static Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(ChatOperations.CHAT, "OpenAI's chat completions, by any vendor.");
        tags.put(ChatOperations.MODELS, "The models that are served.");
        tags.put(JobOperations.JOBS, "What became of requests: each is a job.");
        tags.put(ResponseOperations.RESPONSES, "OpenAI's Responses API, by any vendor.");
        tags.put(FileOperations.FILES, "Files for batches, and what came of them.");
        tags.put(BatchOperations.BATCHES, "OpenAI's batches, by any vendor.");
        tags.put(EndpointOperations.WEBHOOKS, "OpenAI's webhook endpoints: who is told of ends, and where.");
        tags.put(BrokerOperations.BROKER, "The broker itself.");
        return tags;
    }
}
