package io.genapi.runtime.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Log levels that a process changes while it runs. */
public final class LogLevels {

    private LogLevels() {}

    /** From now on the broker's own loggers say only what went wrong: for a process whose terminal shows something else. */
    public static void warningsOnly() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger("io.genapi").setLevel(Level.WARN);
        }
    }

    /** From now on only errors are logged, Kafka's too: for a process that breaks what it talks to on purpose. */
    public static void errorsOnly() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger("io.genapi").setLevel(Level.ERROR);
            logback.getLogger("org.apache.kafka").setLevel(Level.ERROR);
        }
    }

    /** Kafka's clients log nothing any more: for a command that tells their failures in words of its own. */
    public static void withoutKafkaClients() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger("org.apache.kafka.clients").setLevel(Level.OFF);
        }
    }
}
