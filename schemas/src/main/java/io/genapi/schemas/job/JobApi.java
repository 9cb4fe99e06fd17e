package io.genapi.schemas.job;

import java.util.Arrays;
import java.util.Optional;

/** By which API a job came, where its end is told of in that one's own words. */
public enum JobApi {
    /** It is a response. */
    RESPONSES("responses"),
    /** It is a line of a batch, whose end is the one that is told of. */
    BATCH("batch");

    private final String wireName;

    JobApi(String wireName) {
        this.wireName = wireName;
    }

    /** As headers have it. */
    public String wireName() {
        return wireName;
    }

    public static Optional<JobApi> fromWireName(String name) {
        return Arrays.stream(values()).filter(api -> api.wireName.equals(name)).findFirst();
    }
}
