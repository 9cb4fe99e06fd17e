/** Classes of service within one consumer: who may start a record while permits are scarce. Pure: no Kafka, no time. */
@NullMarked
package io.genapi.inflight.lane;

import org.jspecify.annotations.NullMarked;
