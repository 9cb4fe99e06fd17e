/** Consuming a Kafka topic with thousands of slow records in flight: what a user of this library sees. */
@NullMarked
package io.genapi.inflight;

import org.jspecify.annotations.NullMarked;
