package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {

    @Test
    void readsTheExamplesOfTheSpecification() throws Exception {
        assertEquals(List.of(message("YHOO\n+2\n10")), all("data: YHOO\ndata: +2\ndata: 10\n\n"));
        assertEquals(
                List.of(message("first event"), message("second event"), message(" third event")),
                all(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"));
        assertEquals(List.of(message(""), message("\n")), all("data\n\ndata\ndata\n\ndata:"));
        assertEquals(List.of(message("test"), message("test")), all("data:test\n\ndata: test\n\n"));
    }

    @Test
    void namesAnEventAndForgetsTheNameBehindIt() throws Exception {
        assertEquals(
                List.of(new ServerSentEvent("add", "1"), message("2")),
                all("event: add\ndata: 1\n\nevent: nothing\n\ndata: 2\n\n"));
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws Exception {
        assertEquals(List.of(message("x")), all("retry: 10\nid: 7\nmood: good\n:\n: ping\nDATA: y\ndata: x\n\n"));
    }

    @Test
    void takesNoEventThatIsNotFinished() throws Exception {
        assertEquals(List.of(message("1")), all("data: 1\n\ndata: 2\n"));
        assertEquals(List.of(), all("data: 1"));
    }

    @Test
    void passesOverAMarkOfTheByteOrderAtTheStartOnly() throws Exception {
        assertEquals(List.of(message("1"), message("\ufeff2")), all("\ufeffdata: 1\n\ndata: \ufeff2\n\n"));
    }

    @Test
    void readsTheSameWhereverTheBytesAreCut() throws Exception {
        String text =
                "\ufeff: hello\r\nevent: größe\rdata: 日本 😀\ndata: €\r\n\r\ndata: a\r\rdata: b\n\n:x\n\ndata: ü\r\n\r\n";
        List<ServerSentEvent> whole = all(text);
        assertEquals(
                List.of(new ServerSentEvent("größe", "日本 😀\n€"), message("a"), message("b"), message("ü")), whole);
        byte[] bytes = text.getBytes(UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                EventStreamParser parser = new EventStreamParser(1_000);
                List<ServerSentEvent> events = new ArrayList<>();
                for (int[] part : new int[][] {{0, first}, {first, second}, {second, bytes.length}}) {
                    byte[] piece = Arrays.copyOfRange(bytes, part[0], part[1]);
                    events.addAll(parser.feed(piece, piece.length));
                }
                assertEquals(whole, events, "cut at " + first + " and " + second);
            }
        }
    }

    @Test
    void takesOnlySoManyBytesAsItIsTold() throws Exception {
        byte[] bytes = "data: 1\n\ndata: 2\n\n".getBytes(UTF_8);
        assertEquals(List.of(message("1")), new EventStreamParser(100).feed(bytes, 9));
    }

    @Test
    void boundsALineAndAnEvent() throws Exception {
        byte[] line = "data: 6789".getBytes(UTF_8);
        EventStreamParser parser = new EventStreamParser(20);
        parser.feed(line, line.length);
        parser.feed(line, line.length);
        assertThrows(EventTooLargeException.class, () -> parser.feed(line, 1));
        EventStreamParser lines = new EventStreamParser(20);
        byte[] three = "data: 1\ndata: 2\ndata: 3\n".getBytes(UTF_8);
        assertThrows(EventTooLargeException.class, () -> lines.feed(three, three.length));
        EventStreamParser many = new EventStreamParser(20);
        byte[] event = "data: 1\n\n".getBytes(UTF_8);
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(message("1")), many.feed(event, event.length));
        }
    }

    private static ServerSentEvent message(String data) {
        return new ServerSentEvent("message", data);
    }

    private static List<ServerSentEvent> all(String text) throws EventTooLargeException {
        byte[] bytes = text.getBytes(UTF_8);
        return new EventStreamParser(1_000).feed(bytes, bytes.length);
    }
}
