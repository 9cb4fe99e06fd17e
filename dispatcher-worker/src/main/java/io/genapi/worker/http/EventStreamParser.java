package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads server-sent events from bytes as they come, whatever their borders. Ids and times of reconnection are passed over,
 * since a vendor's answer is not resumed; an event that is not finished at the end of the stream is none. Pure, one for
 * each stream; not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">the
 *     specification</a>
 */
final class EventStreamParser {

    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private int eventBytes;
    private boolean started;
    private boolean afterReturn;

    /** @param maxEventBytes all lines of one event together, comments among them */
    EventStreamParser(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * The events that these bytes make whole, often none.
     *
     * @param count how many of the bytes count, from the first
     * @throws EventTooLargeException if an event has more bytes than it may
     */
    List<ServerSentEvent> feed(byte[] bytes, int count) throws EventTooLargeException {
        List<ServerSentEvent> events = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < count; at++) {
            byte each = bytes[at];
            if (each == '\n' || each == '\r') {
                // A return and a line feed are one end of a line, also if the one comes long after the other.
                if (!(each == '\n' && afterReturn)) {
                    append(bytes, from, at);
                    endLine(events);
                }
                from = at + 1;
            }
            afterReturn = each == '\r';
        }
        append(bytes, from, count);
        return events;
    }

    private void append(byte[] bytes, int from, int to) throws EventTooLargeException {
        eventBytes += to - from;
        if (eventBytes > maxEventBytes) {
            throw new EventTooLargeException();
        }
        line.write(bytes, from, to - from);
    }

    private void endLine(List<ServerSentEvent> events) {
        String text = line.toString(UTF_8);
        line.reset();
        if (!started) {
            started = true;
            text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            endEvent(events);
        } else {
            int colon = text.indexOf(':');
            String field = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1);
            field(field, value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            default -> {}
        }
    }

    private void endEvent(List<ServerSentEvent> events) {
        if (!data.isEmpty()) {
            events.add(new ServerSentEvent(name.isEmpty() ? "message" : name, data.substring(0, data.length() - 1)));
        }
        data.setLength(0);
        name = "";
        eventBytes = 0;
    }
}
