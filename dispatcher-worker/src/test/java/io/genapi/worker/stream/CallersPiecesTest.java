package io.genapi.worker.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.genapi.worker.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CallersPiecesTest {

    private static final String OPENING = "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}";

    private final CallersPieces pieces = new CallersPieces(Samples.MODEL, false);

    @Test
    void holdsBackTheOpeningUntilSomethingIsSaid() {
        assertEquals(List.of(), pieces.next(Chunks.delta(OPENING)));
        assertEquals(List.of(), pieces.next(Chunks.chunk("\"choices\":[],\"prompt_filter_results\":[]")));
        assertEquals(3, pieces.next(Chunks.delta("{\"content\":\"Hi\"}")).size());
        assertEquals(1, pieces.next(Chunks.delta("{\"content\":\"!\"}")).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"x\"}",
                "{\"refusal\":\"x\"}",
                "{\"reasoning_content\":\"x\"}",
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0}]}",
            })
    void letsGoWhatSaysSomething(String delta) {
        assertEquals(1, pieces.next(Chunks.delta(delta)).size());
    }

    @Test
    void holdsBackWhatMayBeTheLastUntilMoreComes() {
        pieces.next(Chunks.delta("{\"content\":\"x\"}"));
        ObjectNode first = Chunks.finish(0);
        assertEquals(List.of(), pieces.next(first));
        assertEquals(
                1,
                pieces.next(Chunks.delta("{\"content\":\"of another choice\"}")).size() - 1);
        assertEquals(List.of(), pieces.next(Chunks.finish(1)));
        assertEquals(1, pieces.rest().size());
        assertEquals(List.of(), pieces.rest());
    }

    @Test
    void keepsTheUsageFromThoseWhoDidNotAsk() {
        ObjectNode piece = pieces.next(
                        Chunks.chunk("\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}],\"usage\":null"))
                .getFirst();
        assertFalse(piece.has("usage"));
        assertEquals("gpt-4o", piece.path("model").stringValue());
        pieces.next(Chunks.finish(0));
        assertEquals(List.of(), pieces.next(Chunks.chunk("\"choices\":[],\"usage\":{\"prompt_tokens\":1}")));
        assertEquals(1, pieces.rest().size());
    }

    @Test
    void tellsItToThoseWhoDid() {
        CallersPieces asked = new CallersPieces(Samples.MODEL, true);
        asked.next(Chunks.delta("{\"content\":\"x\"}"));
        asked.next(Chunks.finish(0));
        assertEquals(
                1,
                asked.next(Chunks.chunk("\"choices\":[],\"usage\":{\"prompt_tokens\":1}"))
                        .size());
        assertEquals(1, asked.rest().getLast().at("/usage/prompt_tokens").intValue());
    }

    @Test
    void leavesTheVendorsChunkAsItIs() {
        ObjectNode chunk = Chunks.delta("{\"content\":\"x\"}");
        ObjectNode before = chunk.deepCopy();
        pieces.next(chunk);
        assertEquals(before, chunk);
    }
}
