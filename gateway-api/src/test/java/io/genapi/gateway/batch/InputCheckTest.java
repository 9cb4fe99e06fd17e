package io.genapi.gateway.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.schemas.batch.BatchFault;
import io.genapi.schemas.job.ModelName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputCheckTest {

    private static final String ENDPOINT = "/v1/chat/completions";
    private static final int LONGEST = 400;

    private static String line(String id, String model) {
        return """
                {"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":{"model":"%s","messages":[{}]}}""".formatted(id, model);
    }

    private static InputCheck.Verdict verdict(String text) {
        InputCheck check = new InputCheck(model -> !model.equals(new ModelName("unserved")));
        TextLines lines = new TextLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LONGEST);
        try {
            for (Optional<TextLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!check.take(line.get(), LineReader.read(line.get(), ENDPOINT))) {
                    break;
                }
            }
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return check.conclude();
    }

    private static List<BatchFault> faults(String text) {
        return assertInstanceOf(InputCheck.Verdict.Unusable.class, verdict(text))
                .faults();
    }

    private static void assertFault(String code, int line, String text) {
        List<BatchFault> faults = faults(text);
        assertEquals(1, faults.size(), faults::toString);
        assertEquals(code, faults.getFirst().code());
        assertEquals(Optional.of(line), faults.getFirst().line());
    }

    @Test
    void takesAFileAsItShouldBe() {
        assertEquals(
                new InputCheck.Verdict.Usable(2, "gpt-4o"), verdict(line("a", "gpt-4o") + "\n" + line("b", "gpt-4o")));
        assertEquals(
                new InputCheck.Verdict.Usable(2, "gpt-4o"),
                verdict(line("a", "gpt-4o") + "\r\n\n  \n" + line("b", "gpt-4o") + "\n\n"));
    }

    @Test
    void refusesAnEmptyFile() {
        assertEquals("empty_file", faults("").getFirst().code());
        assertEquals("empty_file", faults("\n \n\r\n").getFirst().code());
        assertEquals(Optional.empty(), faults("").getFirst().line());
    }

    @Test
    void namesTheLineThatIsNoJson() {
        String good = line("a", "gpt-4o") + "\n\n";
        for (String bad : List.of("{", "[]", "\"text\"", "{\"custom_id\":1}}", line("b", "gpt-4o") + " x", "\u0000")) {
            assertFault("invalid_json_line", 3, good + bad);
        }
    }

    @Test
    void namesWhatIsMissing() {
        for (String field : List.of("custom_id", "method", "url", "body")) {
            String line = line("a", "gpt-4o").replace("\"" + field + "\"", "\"other\"");
            List<BatchFault> faults = faults(line);
            assertEquals("missing_required_parameter", faults.getFirst().code());
            assertEquals(Optional.of(field), faults.getFirst().param());
        }
        assertFault("missing_required_parameter", 1, line("a", "gpt-4o").replace("\"model\"", "\"other\""));
        assertFault("missing_required_parameter", 1, line("", "gpt-4o"));
    }

    @Test
    void refusesAnotherPathAndAnotherMethod() {
        assertFault("invalid_url", 1, line("a", "gpt-4o").replace(ENDPOINT, "/v1/embeddings"));
        assertFault("invalid_method", 1, line("a", "gpt-4o").replace("POST", "GET"));
    }

    @Test
    void refusesHalvesOfSurrogatePairsThatCouldNotBeWrittenAgain() {
        assertFault("invalid_value", 1, line("a\\ud800", "gpt-4o") + "\n" + line("b", "gpt-4o"));
        assertFault("invalid_value", 2, line("a", "gpt-4o") + "\n" + line("b", "gpt-4o\\udc00"));
        assertEquals(new InputCheck.Verdict.Usable(1, "gpt-4o"), verdict(line("\\ud83d\\ude00", "gpt-4o")));
    }

    @Test
    void refusesAnotherEncodingThanUtf8() {
        String text = line("a", "gpt-4o");
        for (Charset other : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            LineReading reading = LineReader.read(new TextLines.Line(1, text.getBytes(other), false), ENDPOINT);

            assertEquals(
                    "invalid_json_line",
                    assertInstanceOf(LineReading.Faulty.class, reading).code());
        }
    }

    @Test
    void takesAFileThatBeginsWithAByteOrderMark() {
        LineReading reading = LineReader.read(
                new TextLines.Line(1, ("\ufeff" + line("a", "gpt-4o")).getBytes(StandardCharsets.UTF_8), false),
                ENDPOINT);

        assertEquals(
                "{\"model\":\"gpt-4o\",\"messages\":[{}]}",
                new String(assertInstanceOf(LineReading.Request.class, reading).body(), StandardCharsets.UTF_8));
    }

    @Test
    void refusesTwoRequestsOfOneName() {
        assertFault("duplicate_custom_id", 2, line("a", "gpt-4o") + "\n" + line("a", "gpt-4o"));
    }

    @Test
    void refusesTwoModelsAndOnesThatNobodyServes() {
        assertFault("mismatched_model", 2, line("a", "gpt-4o") + "\n" + line("b", "gpt-4.1"));
        assertFault("model_not_found", 1, line("a", "unserved") + "\n" + line("b", "unserved"));
    }

    @Test
    void refusesALineThatIsTooLongAndReadsOnAfterIt() {
        assertFault(
                "request_too_large",
                2,
                line("a", "gpt-4o") + "\n" + line("x".repeat(LONGEST), "gpt-4o") + "\n" + line("b", "gpt-4o"));
    }

    @Test
    void refusesTooManyRequests() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= InputCheck.MAX_LINES; i++) {
            text.append(line("id-" + i, "gpt-4o")).append('\n');
        }
        assertEquals("too_many_requests", faults(text.toString()).getFirst().code());
        assertInstanceOf(
                InputCheck.Verdict.Usable.class, verdict(text.substring(text.indexOf("\n") + 1)), "as many as may be");
    }

    @Test
    void tellsTheFirstFiftyFaults() {
        assertEquals(50, faults("x\n".repeat(1000)).size());
    }

    @Test
    void keepsTheBodyAsItWasWritten() {
        String body = "{ \"model\" : \"gpt-4o\",\"a\":[1.0,{\"b\":\"\\u00e4ä\"}], \"messages\":[ ] }";
        String text =
                "{\"body\":" + body + ",\"url\":\"/v1/chat/completions\",\"method\":\"POST\",\"custom_id\":\"ä\"}";

        LineReading.Request request = assertInstanceOf(
                LineReading.Request.class,
                LineReader.read(new TextLines.Line(1, text.getBytes(StandardCharsets.UTF_8), false), ENDPOINT));

        assertArrayEquals(body.getBytes(StandardCharsets.UTF_8), request.body());
        assertEquals("ä", request.customId());
    }
}
