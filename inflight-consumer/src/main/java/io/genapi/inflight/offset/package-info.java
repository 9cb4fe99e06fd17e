/** Which offsets of a partition are finished, and how that is written down in a commit. Pure: no Kafka, no time. */
@NullMarked
package io.genapi.inflight.offset;

import org.jspecify.annotations.NullMarked;
