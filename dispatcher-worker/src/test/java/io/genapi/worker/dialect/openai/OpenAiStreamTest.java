package io.genapi.worker.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.worker.Samples;
import io.genapi.worker.dialect.StreamTranslation.End;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStreamTest {

    private static final String WORD =
            "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"logprobs\":{\"content\":[{\"logprob\":-0.00010}]}}]}";
    private static final String STOP = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

    private final OpenAiStream stream = new OpenAiStream(Samples.NOW);

    @Test
    void passesChunksThroughUntilItIsDone() {
        assertEquals(WORD, stream.event("message", WORD).getFirst().toString());
        assertEquals(Optional.empty(), stream.end());
        assertEquals(List.of(), stream.event("message", " [DONE] "));
        assertEquals(Optional.of(new End.Whole()), stream.end());
        assertEquals(List.of(), stream.event("message", WORD), "nothing has a meaning behind the end");
        assertEquals(List.of(), stream.close());
        assertEquals(Optional.of(new End.Whole()), stream.end());
    }

    @Test
    void isWholeAlsoWithoutAMarkIfEveryChoiceHasFinished() {
        stream.event("message", WORD);
        stream.event("message", WORD.replace("\"index\":0", "\"index\":1"));
        stream.event("message", STOP);
        OpenAiStream half = new OpenAiStream(Samples.NOW);
        half.event("message", WORD);
        half.event("message", STOP);
        half.close();
        assertEquals(Optional.of(new End.Whole()), half.end());
        stream.close();
        assertInstanceOf(Broken.class, failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"choices\":[", "[1]", "7", "[DONE]"})
    void canMakeNothingOfAnotherEvent(String data) {
        assertEquals(List.of(), stream.event("message", data));
        assertInstanceOf(Unusable.class, failure());
    }

    @Test
    void isBrokenIfItClosesBeforeItSaysAnything() {
        stream.close();
        assertInstanceOf(Broken.class, failure());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"m\",\"type\":\"server_error\",\"param\":null,\"code\":null}|500",
                "{\"message\":\"m\",\"code\":503}|503",
                "{\"message\":\"m\",\"code\":\"rate_limit_exceeded\",\"type\":\"rate_limit_error\"}|429",
                "{\"message\":\"m\",\"type\":\"invalid_request_error\"}|400",
                "{\"message\":\"m\",\"status\":529}|529",
                "{\"message\":\"m\",\"code\":7}|500",
            })
    void hearsAnErrorInTheMidst(String error, int status) {
        stream.event("message", WORD);
        assertEquals(List.of(), stream.event("error", "{\"error\":" + error + "}"));
        Refused refused = assertInstanceOf(Refused.class, failure());
        assertEquals(status, refused.status());
        String envelope = new String(refused.envelope().orElseThrow(), UTF_8);
        assertEquals(true, envelope.startsWith("{\"error\":{\"message\":\"m\""), envelope);
    }

    private VendorOutcome.Failed failure() {
        return assertInstanceOf(End.Failed.class, stream.end().orElseThrow()).outcome();
    }
}
