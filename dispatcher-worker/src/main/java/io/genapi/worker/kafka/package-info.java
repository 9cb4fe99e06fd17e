/** Jobs in from Kafka; results, events and dead letters out to it. */
@NullMarked
package io.genapi.worker.kafka;

import org.jspecify.annotations.NullMarked;
