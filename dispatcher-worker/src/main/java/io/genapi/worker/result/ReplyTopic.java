package io.genapi.worker.result;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a topic that a caller names may get results. */
public final class ReplyTopic {

    /** Kafka's own rule for topic names. */
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private ReplyTopic() {}

    /**
     * What speaks against the topic; empty if nothing does.
     *
     * @param ownPrefix what the names of the broker's own topics begin with, before a dot
     */
    public static Optional<String> objection(String topic, String ownPrefix) {
        if (!LEGAL.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            return Optional.of("it is not a legal topic name: 1 to 249 letters, digits, dots, underscores and hyphens");
        }
        if (topic.startsWith(ownPrefix + ".") || topic.startsWith("__")) {
            return Optional.of("it is one of the broker's or of Kafka's own topics");
        }
        return Optional.empty();
    }
}
