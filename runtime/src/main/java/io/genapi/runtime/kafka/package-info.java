/** How a process reaches Kafka, and the topics that it makes sure are there. */
@NullMarked
package io.genapi.runtime.kafka;

import org.jspecify.annotations.NullMarked;
