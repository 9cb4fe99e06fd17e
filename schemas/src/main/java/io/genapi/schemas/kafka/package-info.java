/** The contract as it lies on Kafka: topic and header names, and the codecs between records and values. */
@NullMarked
package io.genapi.schemas.kafka;

import org.jspecify.annotations.NullMarked;
