package io.genapi.benchmarks.waiting;

/** How a caller waits. */
enum Kind {
    /** For the whole answer. */
    PLAIN("waiting calls", ""),
    /** For the first piece of it, with the response's head already there. */
    STREAM("open streams", ",\"stream\":true");

    private final String title;
    private final String members;

    Kind(String title, String members) {
        this.title = title;
        this.members = members;
    }

    String title() {
        return title;
    }

    String body(int number) {
        return "{\"model\":\"gpt-4o-mini\"%s,\"messages\":[{\"role\":\"user\",\"content\":\"call %d\"}]}"
                .formatted(members, number);
    }
}
