/** Large requests on their way to Kafka: their bodies go to the place of blobs, and are cleared away there in the end. */
@NullMarked
package io.genapi.gateway.claim;

import org.jspecify.annotations.NullMarked;
