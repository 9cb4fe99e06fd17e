/** What the store asks Kafka and Kafka Streams for: states, owners, end offsets, payloads. */
@NullMarked
package io.genapi.store.kafka;

import org.jspecify.annotations.NullMarked;
