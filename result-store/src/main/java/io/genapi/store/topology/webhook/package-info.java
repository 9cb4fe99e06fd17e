/** The Kafka Streams topology of webhooks: from ends of jobs and batches to deliveries that are due. */
@NullMarked
package io.genapi.store.topology.webhook;

import org.jspecify.annotations.NullMarked;
