/** The Kafka edge: publishing jobs, receiving results, and whether Kafka answers at all. */
@NullMarked
package io.genapi.gateway.kafka;

import org.jspecify.annotations.NullMarked;
