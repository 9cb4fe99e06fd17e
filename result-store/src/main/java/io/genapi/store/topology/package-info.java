/** The Kafka Streams topology: from records to job states. */
@NullMarked
package io.genapi.store.topology;

import org.jspecify.annotations.NullMarked;
