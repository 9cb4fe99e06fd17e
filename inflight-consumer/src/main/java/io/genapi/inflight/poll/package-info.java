/** The loop around one Kafka consumer: intake, pausing, commits and rebalances, all on one thread. */
@NullMarked
package io.genapi.inflight.poll;

import org.jspecify.annotations.NullMarked;
