/** Kafka brokers as processes, and what is in their topics. */
@NullMarked
package io.genapi.chaos.kafka;

import org.jspecify.annotations.NullMarked;
