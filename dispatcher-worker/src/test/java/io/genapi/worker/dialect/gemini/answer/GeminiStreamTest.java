package io.genapi.worker.dialect.gemini.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.StreamTranslation.End;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class GeminiStreamTest {

    private static final String HALF =
            "{\"responseId\":\"r\",\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}]}}]}";
    private static final String REST = "{\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"STOP\"}],"
            + "\"usageMetadata\":{\"promptTokenCount\":1}}";

    private final GeminiStream stream = new GeminiStream(Samples.NOW);

    private VendorOutcome failure() {
        End.Failed failed = assertInstanceOf(End.Failed.class, stream.end().orElseThrow());
        return failed.outcome();
    }

    @Test
    void tellsTheUsageLastAndWhatGeminiCallsTheAnswer() {
        assertEquals(1, stream.event("message", HALF).size());
        assertEquals(1, stream.event("message", REST).size());
        List<ObjectNode> last = stream.close();
        assertEquals(1, last.size());
        assertEquals(1, last.getFirst().at("/usage/prompt_tokens").intValue());
        assertEquals(Optional.of(new End.Whole()), stream.end());
        assertEquals(Optional.of(new VendorRequestId("r")), stream.requestId());
    }

    @Test
    void endsWithAnErrorInItsMidst() {
        assertEquals(1, stream.event("message", HALF).size());
        assertEquals(List.of(), stream.event("message", """
                {"error":{"code":503,"message":"Overloaded","status":"UNAVAILABLE",
                "details":[{"retryDelay":"2s"}]}}"""));
        Refused refused = assertInstanceOf(Refused.class, failure());
        assertEquals(503, refused.status());
        assertEquals(Optional.of(Duration.ofSeconds(2)), refused.retryAfter());
        assertEquals(List.of(), stream.event("message", REST));
        assertEquals(List.of(), stream.close());
    }

    @Test
    void isBrokenWhereItStopsShort() {
        assertEquals(1, stream.event("message", HALF).size());
        assertEquals(Optional.empty(), stream.end());
        assertEquals(List.of(), stream.close());
        assertInstanceOf(Broken.class, failure());
    }

    @Test
    void isOfNoUseWhereItMakesNoSenseOrSaysNothing() {
        GeminiStream silent = new GeminiStream(Samples.NOW);
        assertEquals(
                List.of(),
                silent.event("message", "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}"));
        assertEquals(List.of(), silent.close());
        assertInstanceOf(End.Failed.class, silent.end().orElseThrow());

        assertEquals(List.of(), stream.event("message", "{\"candidates\":"));
        assertInstanceOf(Unusable.class, failure());
    }
}
