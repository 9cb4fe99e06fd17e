/** A Kafka broker and controller (KRaft) from Kafka's own jars, run inside this JVM or as a process of its own. */
@NullMarked
package io.genapi.embeddedkafka;

import org.jspecify.annotations.NullMarked;
