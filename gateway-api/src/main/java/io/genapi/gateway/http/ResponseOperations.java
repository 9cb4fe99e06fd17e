package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.ACCEL_BUFFERING;
import static io.genapi.gateway.http.AnswerHeaders.JOB_ID;
import static io.genapi.gateway.http.AnswerHeaders.LOCATION;
import static io.genapi.gateway.http.AnswerHeaders.PREFERENCE_APPLIED;
import static io.genapi.gateway.http.AnswerHeaders.RATE_LIMITS;
import static io.genapi.gateway.http.AnswerHeaders.RETRY_AFTER;
import static io.genapi.gateway.http.AnswerHeaders.VENDOR_SOURCE;

import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.Operation;
import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import java.util.List;

/** What callers are told of {@link ResponseController} and {@link StoredResponseController}. */
final class ResponseOperations {

    static final String RESPONSES = "Responses";

    private static final String SAMPLE = "resp_01kg9ys7g0fwkvatamf7t7wjj6";

    private static final Parameter ID =
            Parameter.path("id", "The response.", Shape.text("^resp_[0-7][0-9a-hjkmnp-tv-z]{25}$"), SAMPLE);

    private ResponseOperations() {}

    static List<Operation> all() {
        return List.of(create(), find(), input(), cancel(), delete());
    }

    private static Content events() {
        return Content.events("The events of the response; the last one says how it ended.", List.of("response-event"))
                .textExample("piece", "A piece of an answer", """
                        event: response.output_text.delta
                        data: {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_01kg9ys7g0fwkvatamf7t7wjj6","output_index":0,"content_index":0,"delta":"Hel","logprobs":[]}

                        """);
    }

    private static Operation create() {
        return new Operation(
                        "POST /v1/responses",
                        "createResponse",
                        RESPONSES,
                        "Make a response",
                        "OpenAI's Responses API, by a chat completion of any vendor. With `background: true` the answer is asked"
                                + " for later; what no chat completion can say is a 400 that names the field.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(CallerHeaders.SUBMISSION)
                .reads(Content.json("response-create")
                        .example("waiting", "A question whose caller waits", """
                                {"model": "gpt-4o-mini", "input": "Say hello"}""")
                        .example("background", "A question whose answer is asked for later", """
                                {"model": "gpt-4o-mini", "input": "Say hello", "background": true}""")
                        .example("streaming", "A question that is answered by events", """
                                {"model": "gpt-4o-mini", "input": "Say hello", "stream": true}"""))
                .answers(
                        Answer.of(200, "The response.", Content.json("response"), events())
                                .with(JOB_ID, VENDOR_SOURCE, ACCEL_BUFFERING)
                                .with(RATE_LIMITS),
                        Answer.of(202, "The response, as it is made in the background.", Content.json("response"))
                                .with(JOB_ID, LOCATION, PREFERENCE_APPLIED)
                                .with(RATE_LIMITS),
                        ChatOperations.otherwise())
                .fails(CommonFaults.submissions())
                .fails(CommonFaults.streams())
                .fails(
                        CommonFaults.wrong(
                                400,
                                "previous_response_not_found",
                                "previous_response_id",
                                "Previous response with id '%s' not found.".formatted(SAMPLE)),
                        CommonFaults.wrong(
                                400,
                                "previous_response_not_completed",
                                "previous_response_id",
                                "The response '%s' has not been completed.".formatted(SAMPLE)),
                        CommonFaults.wrong(
                                400,
                                "unsupported_parameter",
                                "conversation",
                                "Unsupported parameter: 'conversation'. Name the response to go on from as previous_response_id."),
                        CommonFaults.wrong(
                                400, "unknown_parameter", "modell", "Unknown parameter: 'modell'. Leave it out."));
    }

    private static Operation find() {
        return new Operation(
                        "GET /v1/responses/{id}",
                        "retrieveResponse",
                        RESPONSES,
                        "Show a response",
                        "With `stream=true` its events, from the first, or behind `starting_after`.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(
                        ID,
                        Parameter.query("stream", "Whether the answer comes as events.", Shape.flag(), "false"),
                        Parameter.query(
                                "starting_after",
                                "The `sequence_number` of the last event that the reader has; only of a stream.",
                                Shape.wholeNumber(0),
                                "4"))
                .answers(Answer.of(200, "The response.", Content.json("response"), events())
                        .with(RETRY_AFTER, JOB_ID, ACCEL_BUFFERING))
                .fails(stored())
                .fails(CommonFaults.wrong(
                        400,
                        "invalid_value",
                        "stream",
                        "Invalid value for 'stream'. Send true or false, or leave it out."))
                .fails(CommonFaults.streams())
                .fails(CommonFaults.tooManyReads());
    }

    private static Operation input() {
        return new Operation(
                        "GET /v1/responses/{id}/input_items",
                        "listInputItems",
                        RESPONSES,
                        "List a response's input",
                        "What the model was given, that of earlier responses too.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .takes(FileOperations.pages(100, 20, "msg_01kg9ys7g0fwkvatamf7t7wjj6_given_0"))
                .answers(Answer.of(200, "A page of items.", Content.json("input-item-list")))
                .fails(stored())
                .fails(CommonFaults.wrong(
                        400,
                        "invalid_value",
                        "limit",
                        "Invalid value for 'limit': '0'. Send a whole number from 1 to 100, or leave it out."));
    }

    private static Operation cancel() {
        return new Operation(
                        "POST /v1/responses/{id}/cancel",
                        "cancelResponse",
                        RESPONSES,
                        "Cancel a response",
                        "Ends what runs in the background. What has ended stays as it is, so it may be sent again.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "The response as it stands.", Content.json("response")))
                .fails(stored())
                .fails(CommonFaults.wrong(
                        400,
                        "invalid_value",
                        "response_id",
                        "Cannot cancel a synchronous response. Hang up instead, or make it with 'background': true."))
                .fails(unconfirmed("cancellation"));
    }

    private static Operation delete() {
        return new Operation(
                        "DELETE /v1/responses/{id}",
                        "deleteResponse",
                        RESPONSES,
                        "Delete a response",
                        "It is handed out no longer, by any gateway. What is not done yet is cancelled.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "It is deleted.", Content.json("response-deleted")))
                .fails(stored())
                .fails(unconfirmed("deletion"));
    }

    private static Fault unconfirmed(String what) {
        return CommonFaults.busy("kafka_unavailable", "Kafka did not confirm the %s. Send it again.".formatted(what));
    }

    private static List<Fault> stored() {
        return CommonFaults.joined(
                CommonFaults.stores(), Fault.of(ResponseAnswers.notFound(SAMPLE).error()));
    }
}
