package io.genapi.gateway.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultLineTest {

    private static final JobId JOB = JobId.ofKey(TenantId.DEFAULT, "batch_x/1");
    private static final JsonMapper JSON = new JsonMapper();

    private static LineEnd answered(JobStatus status, int httpStatus, String body) {
        return new LineEnd.Answered(new Reply(
                status,
                httpStatus,
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode written(LineEnd end, BatchStep.Reason reason) {
        String line = new String(ResultLine.of(JOB, Optional.of("my \"id\""), end, reason), StandardCharsets.UTF_8);
        assertEquals(line.length() - 1, line.indexOf('\n'), "one line: " + line);
        JsonNode json = JSON.readTree(line);
        assertTrue(json.path("id").asString().startsWith("batch_req_"));
        assertEquals("my \"id\"", json.path("custom_id").asString());
        return json;
    }

    @Test
    void tellsAnAnswer() {
        LineEnd end = answered(JobStatus.SUCCEEDED, 200, "{\n  \"object\":\r\n\"chat.completion\"}");
        JsonNode json = written(end, BatchStep.Reason.EXPIRED);

        assertTrue(end.isCompleted());
        assertEquals(200, json.at("/response/status_code").asInt());
        assertEquals(JOB.value(), json.at("/response/request_id").asString());
        assertEquals("chat.completion", json.at("/response/body/object").asString());
        assertTrue(json.get("error").isNull());
    }

    @Test
    void tellsAnErrorOfTheVendorAsTheResponseThatItIs() {
        LineEnd end = answered(JobStatus.FAILED, 429, "{\"error\":{\"code\":\"rate_limited\"}}");
        JsonNode json = written(end, BatchStep.Reason.EXPIRED);

        assertFalse(end.isCompleted());
        assertEquals(429, json.at("/response/status_code").asInt());
        assertEquals("rate_limited", json.at("/response/body/error/code").asString());
        assertTrue(json.get("error").isNull());
    }

    @Test
    void tellsARequestThatIsNone() {
        JsonNode json = written(
                new LineEnd.Refused(ApiError.invalidRequest(400, "invalid_value", "messages", "No.")),
                BatchStep.Reason.EXPIRED);

        assertEquals(400, json.at("/response/status_code").asInt());
        assertEquals("messages", json.at("/response/body/error/param").asString());
    }

    @Test
    void tellsWhyARequestWasNotRun() {
        JsonNode cancelled = written(new LineEnd.NotRun(), BatchStep.Reason.CANCELLED);
        JsonNode expired = written(new LineEnd.NotRun(), BatchStep.Reason.EXPIRED);

        assertTrue(cancelled.get("response").isNull());
        assertEquals("batch_cancelled", cancelled.at("/error/code").asString());
        assertEquals("batch_expired", expired.at("/error/code").asString());
        assertEquals(
                "result_unavailable",
                written(new LineEnd.Lost(), BatchStep.Reason.EXPIRED)
                        .at("/error/code")
                        .asString());
    }
}
