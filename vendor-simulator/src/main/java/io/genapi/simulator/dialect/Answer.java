package io.genapi.simulator.dialect;

import java.util.List;

/** What a vendor would answer, before latency and faults. */
public sealed interface Answer {

    String contentType();

    /** A refusal or a cheap read: neither delayed nor subject to faults. */
    record Immediate(int status, String body) implements Answer {

        @Override
        public String contentType() {
            return "application/json";
        }
    }

    /** Something that a model generated. */
    sealed interface Generated extends Answer {

        String model();

        String lastUserText();
    }

    /** A generation sent as one body. */
    record Whole(String model, String lastUserText, String body) implements Generated {

        @Override
        public String contentType() {
            return "application/json";
        }
    }

    /**
     * A generation sent as server-sent events.
     *
     * @param events at least one
     */
    record Streamed(String model, String lastUserText, List<Event> events) implements Generated {

        public Streamed {
            events = List.copyOf(events);
        }

        @Override
        public String contentType() {
            return "text/event-stream; charset=utf-8";
        }
    }

    /**
     * One server-sent event.
     *
     * @param text as on the wire, its empty line included
     * @param token whether a token's time passes before it
     */
    record Event(String text, boolean token) {}
}
