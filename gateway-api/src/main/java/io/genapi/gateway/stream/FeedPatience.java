package io.genapi.gateway.stream;

import java.time.Duration;

/**
 * How long a stream is content with silence.
 *
 * @param pieces that are missing when the job has ended, before they are looked for in Kafka
 * @param end of the job, before the store is asked for it
 * @param reader where as many streams are read from Kafka as may be
 */
public record FeedPatience(Duration pieces, Duration end, Duration reader) {}
