package io.genapi.runtime.control;

import java.io.Serial;

/**
 * What is known of files, batches or endpoints can neither be read to its end nor added to now. Trying again is safe unless
 * {@link #mayBeMade} says otherwise.
 */
public final class LogUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String KAFKA = "Check that Kafka runs and is where genapi.kafka.bootstrap-servers says";

    private final String remedy;
    private final boolean mayBeMade;

    /**
     * @param message in words that begin no sentence
     * @param remedy what to do before it is tried again, in a sentence without its full stop
     */
    public LogUnavailableException(String message, String remedy, Throwable cause) {
        this(message, remedy, cause, false);
    }

    private LogUnavailableException(String message, String remedy, Throwable cause, boolean mayBeMade) {
        super(message, cause);
        this.remedy = remedy;
        this.mayBeMade = mayBeMade;
    }

    /** @param message in words that begin no sentence */
    public LogUnavailableException(String message, Throwable cause) {
        this(message, KAFKA, cause);
    }

    /** @param message in words that begin no sentence */
    public LogUnavailableException(String message) {
        super(message);
        this.remedy = KAFKA;
        this.mayBeMade = false;
    }

    /** The same of a change whose commit had no answer. */
    LogUnavailableException afterDoubt() {
        return new LogUnavailableException(
                getMessage() + "; the change may have been made all the same", remedy, this, true);
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

    /** Whether what was to be changed may have been, so that whoever asked is to look before it is tried again. */
    public boolean mayBeMade() {
        return mayBeMade;
    }

    /** What to do before it is tried again, in a sentence without its full stop. */
    public String remedy() {
        return remedy;
    }
}
