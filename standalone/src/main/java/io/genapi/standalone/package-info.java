/** The whole broker in one JVM: an embedded Kafka, the gateway, a worker, the result store, and a simulated vendor. */
@NullMarked
package io.genapi.standalone;

import org.jspecify.annotations.NullMarked;
