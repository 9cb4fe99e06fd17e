/** Dead letters as the command line sees them: straight from Kafka and back to it. */
@NullMarked
package io.genapi.cli.deadletter;

import org.jspecify.annotations.NullMarked;
