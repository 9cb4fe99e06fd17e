package io.genapi.gateway.responses;

import io.genapi.schemas.job.JobId;
import java.util.Optional;

/** A response's name: {@code resp_} and the digits of the job that answers it, of which there is one. */
public record ResponseId(JobId job) {

    private static final String PREFIX = "resp_";
    private static final String JOB_PREFIX = "job_";

    /** The id in the text, or empty where the text has not the form of one. */
    public static Optional<ResponseId> parse(String text) {
        return text.startsWith(PREFIX)
                ? JobId.parse(JOB_PREFIX + text.substring(PREFIX.length())).map(ResponseId::new)
                : Optional.empty();
    }

    /** What its parts' names have in common with it. */
    String digits() {
        return job.value().substring(JOB_PREFIX.length());
    }

    @Override
    public String toString() {
        return PREFIX + digits();
    }
}
