/** Running one record to its end: attempts, back-off, poison. Knows nothing of Kafka. */
@NullMarked
package io.genapi.inflight.run;

import org.jspecify.annotations.NullMarked;
