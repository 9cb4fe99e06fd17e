package io.genapi.worker.telemetry;

import io.genapi.worker.intake.IntakeListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line, and one more error counted, for each consumer that failed. */
public final class IntakeLog implements IntakeListener {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeLog.class);

    private final ErrorCounter errors;

    public IntakeLog(ErrorCounter errors) {
        this.errors = errors;
    }

    @Override
    public void failed(String reason, Duration next) {
        errors.count("consumer_failed", "intake");
        LOG.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("next_try_ms", next.toMillis())
                .log("No jobs are taken in until the next try");
    }
}
