package io.genapi.store.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessageWriterTest {

    private static final int LIMIT = 40;

    private static JsonNode message(WebhookEvent event, boolean includesResult, ResultReading reading)
            throws InterruptedException {
        byte[] body = new MessageWriter((_, _) -> reading, LIMIT).write(event, includesResult);
        return JsonMapper.shared().readTree(body);
    }

    private static ResultReading present(String json) {
        return new ResultReading.Present(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void saysWhatHappenedAndToWhom(EventType type) throws Exception {
        WebhookEvent event = Hooks.event(type);
        JsonNode expected = JsonMapper.shared()
                .readTree(
                        "{\"object\":\"event\",\"id\":\"%s\",\"type\":\"%s\",\"created_at\":%d,\"data\":{\"id\":\"job_7\"}}"
                                .formatted(event.id(), type.wireName(), Hooks.NOW.getEpochSecond()));
        assertEquals(expected, message(event, false, present("{\"never\":\"asked\"}")));
    }

    @Test
    void addsAJobsResultWhereItIsWantedByteForByte() throws Exception {
        ResultReading result = present("{\"choices\": [\"é\",1.50]}");
        byte[] body = new MessageWriter((_, _) -> result, LIMIT).write(Hooks.event(EventType.JOB_SUCCEEDED), true);
        String text = new String(body, UTF_8);
        assertTrue(text.endsWith("\"data\":{\"id\":\"job_7\",\"result\":{\"choices\": [\"é\",1.50]}}}"), text);
    }

    @Test
    void saysWhyAResultIsNotThere() throws Exception {
        WebhookEvent event = Hooks.event(EventType.JOB_FAILED);
        JsonNode large = message(event, true, new ResultReading.TooLarge(42))
                .path("data")
                .path("result_omitted");
        assertEquals("too_large", large.path("code").asString());
        assertEquals(
                "The result has 42 bytes, and messages have room for 40. Ask for it with GET /v1/jobs/job_7.",
                large.path("message").asString());
        assertEquals("gone", omitted(event, new ResultReading.Gone()));
        assertEquals("unavailable", omitted(event, new ResultReading.Unavailable()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}{}", "1 2", "{\"a\":1},\"data\":{\"id\":\"other\"}", "nonsense"})
    void letsNothingBreakOutOfItsPlace(String result) throws Exception {
        assertEquals("unreadable", omitted(Hooks.event(EventType.JOB_SUCCEEDED), present(result)));
    }

    @Test
    void hasNoResultsOfResponsesAndBatches() throws Exception {
        JsonNode omitted = message(
                        Hooks.event(
                                EventType.RESPONSE_COMPLETED,
                                "resp_7",
                                Hooks.event(EventType.JOB_FAILED).result()),
                        true,
                        present("{}"))
                .path("data")
                .path("result_omitted");
        assertEquals("not_sent", omitted.path("code").asString());
        assertTrue(omitted.path("message").asString().endsWith("Ask for it with GET /v1/responses/resp_7."));
        WebhookEvent batch = Hooks.event(EventType.BATCH_COMPLETED, "batch_7", Optional.empty());
        assertEquals(
                "{\"id\":\"batch_7\"}",
                message(batch, true, present("{}")).path("data").toString());
    }

    private static String omitted(WebhookEvent event, ResultReading reading) throws InterruptedException {
        return message(event, true, reading)
                .path("data")
                .path("result_omitted")
                .path("code")
                .asString();
    }
}
