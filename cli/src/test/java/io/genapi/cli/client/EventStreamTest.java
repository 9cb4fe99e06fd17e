package io.genapi.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private final List<String> pieces = new ArrayList<>();

    @Test
    void handsOverEachPieceUntilTheAnswerIsWhole() {
        Answer answer =
                read("id: 1-0\ndata: {\"n\":1}\n\n: keep-alive\n\nid: 1-1\ndata: {\"n\":2}\n\ndata: [DONE]\n\n");
        assertTrue(answer.successful());
        assertEquals(List.of("{\"n\":1}", "{\"n\":2}"), pieces);
    }

    @Test
    void endsWithTheErrorThatEndsTheStream() {
        Answer answer = read("data: {\"n\":1}\n\ndata: {\"error\":{\"message\":\"The vendor broke off.\"}}\n\n");
        assertEquals("The vendor broke off.", answer.errorMessage());
        assertEquals(List.of("{\"n\":1}"), pieces);
    }

    @Test
    void aStreamWithoutAnEndIsBroken() {
        assertEquals(
                "The stream broke off. ./genapi jobs show ID tells what became of the job.",
                read("data: {\"n\":1}\n\n").errorMessage());
    }

    private Answer read(String events) {
        return EventStream.read(
                HttpHeaders.of(Map.of(), (_, _) -> true),
                new ByteArrayInputStream(events.getBytes(StandardCharsets.UTF_8)),
                pieces::add);
    }
}
