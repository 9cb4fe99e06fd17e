package io.genapi.runtime.job;

import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.service.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for jobs in every service, so set it alike for all: {@code genapi.jobs.*}.
 *
 * @param defaultDeadline from submission, of jobs that name none
 */
@ConfigurationProperties("genapi.jobs")
public record JobSettings(@DefaultValue("24h") Duration defaultDeadline) {

    public JobSettings {
        if (!defaultDeadline.isPositive()) {
            throw new IllegalArgumentException("genapi.jobs.default-deadline is " + defaultDeadline
                    + "; set it to a positive duration such as 24h");
        }
    }

    /** @throws StartException if a job could outlive its request in Kafka */
    public void requireWithin(KafkaSettings kafka) {
        if (defaultDeadline.compareTo(kafka.retention()) > 0) {
            throw new StartException(("genapi.jobs.default-deadline is %s, but Kafka keeps requests for %s"
                            + " (genapi.kafka.retention). Set the deadline to at most that, or the retention higher.")
                    .formatted(defaultDeadline, kafka.retention()));
        }
    }
}
