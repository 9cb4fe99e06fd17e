package io.genapi.runtime.control;

import java.io.Serial;

/** What is known of files, batches or endpoints can neither be read to its end nor added to now. Trying again is safe. */
public final class LogUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String KAFKA = "Check that Kafka runs and is where genapi.kafka.bootstrap-servers says";

    private final String remedy;

    /**
     * @param message in words that begin no sentence
     * @param remedy what to do before it is tried again, in a sentence without its full stop
     */
    public LogUnavailableException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** @param message in words that begin no sentence */
    public LogUnavailableException(String message, Throwable cause) {
        this(message, KAFKA, cause);
    }

    /** @param message in words that begin no sentence */
    public LogUnavailableException(String message) {
        super(message);
        this.remedy = KAFKA;
    }

    /** What Kafka does not do, and which of its errors is the reason. */
    public static LogUnavailableException of(String what, Throwable failure) {
        return new LogUnavailableException("%s (%s)".formatted(what, rootOf(failure)), failure);
    }

    static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }

    /** What to do before it is tried again, in a sentence without its full stop. */
    public String remedy() {
        return remedy;
    }
}
