package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.ACCEL_BUFFERING;
import static io.genapi.gateway.http.AnswerHeaders.JOB_ID;
import static io.genapi.gateway.http.AnswerHeaders.LOCATION;
import static io.genapi.gateway.http.AnswerHeaders.PREFERENCE_APPLIED;
import static io.genapi.gateway.http.AnswerHeaders.RATE_LIMITS;
import static io.genapi.gateway.http.AnswerHeaders.RETRY_AFTER;
import static io.genapi.gateway.http.AnswerHeaders.SHOULD_RETRY;
import static io.genapi.gateway.http.AnswerHeaders.VENDOR_SOURCE;

import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.Operation;
import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import java.util.List;

/** What callers are told of {@link ChatController} and {@link ModelController}. */
final class ChatOperations {

    static final String CHAT = "Chat";
    static final String MODELS = "Models";

    private ChatOperations() {}

    static List<Operation> all() {
        return List.of(complete(), models(), model());
    }

    private static Operation complete() {
        return new Operation(
                        "POST /v1/chat/completions",
                        "createChatCompletion",
                        CHAT,
                        "Complete a chat",
                        "Waits for the answer; with `stream: true` sends it piece by piece; with `Prefer: respond-async` answers"
                                + " with the job as soon as it is durable.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(CallerHeaders.SUBMISSION)
                .takes(CallerHeaders.STREAM_RESTART)
                .reads(Content.json("chat-completion-request")
                        .example("waiting", "A question whose caller waits", """
                                {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Say hello"}]}""")
                        .example("streaming", "A question that is answered piece by piece", """
                                {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Say hello"}],
                                 "stream": true, "stream_options": {"include_usage": true}}"""))
                .answers(
                        Answer.of(
                                        200,
                                        "The answer.",
                                        Content.json("chat-completion"),
                                        chunks(
                                                "The chunks of the answer, each with an `id` behind which a stream can go on.",
                                                "The pieces of an answer"))
                                .with(JOB_ID, VENDOR_SOURCE, PREFERENCE_APPLIED, ACCEL_BUFFERING)
                                .with(RATE_LIMITS),
                        Answer.of(202, "The job is durable, and has not ended yet.", Content.json("job"))
                                .with(JOB_ID, LOCATION, PREFERENCE_APPLIED, RETRY_AFTER)
                                .with(RATE_LIMITS),
                        otherwise())
                .fails(CommonFaults.submissions())
                .fails(CommonFaults.streams());
    }

    /** What a vendor said instead of an answer. */
    static Answer otherwise() {
        return Answer.otherwise(
                        "The job failed with the vendor's own status and error, or the worker's.",
                        Content.json("error"))
                .with(JOB_ID, LOCATION, VENDOR_SOURCE, SHOULD_RETRY)
                .with(RATE_LIMITS);
    }

    /** Chunks of a chat completion. */
    static Content chunks(String description, String example) {
        return Content.events(
                        description + " The last event is `[DONE]`, or an error's envelope.",
                        List.of("chat-completion-chunk", "error", "stream-reset"))
                .textExample("pieces", example, """
                        id: 0a1b2c3d-0
                        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1769860800,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello!"},"finish_reason":null}]}

                        id: 0a1b2c3d-1
                        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1769860800,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                        data: [DONE]

                        """);
    }

    private static Operation models() {
        return new Operation(
                        "GET /v1/models",
                        "listModels",
                        MODELS,
                        "List the models",
                        "All that the catalog has and the caller may name.")
                .takes(CallerHeaders.EVERYWHERE)
                .answers(Answer.of(200, "The models.", Content.json("model-list")))
                .fails(CommonFaults.callers());
    }

    private static Operation model() {
        return new Operation(
                        "GET /v1/models/{*name}",
                        "retrieveModel",
                        MODELS,
                        "Show a model",
                        "One of the catalog's; its name may contain slashes.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(Parameter.path(
                        "name", "The model, by the name that requests name it by.", Shape.text(), "gpt-4o-mini"))
                .answers(Answer.of(200, "The model.", Content.json("model")))
                .fails(CommonFaults.callers())
                .fails(Fault.of(ModelController.noSuchModel("no-such-model")));
    }
}
