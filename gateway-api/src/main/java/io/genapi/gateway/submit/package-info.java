/** How a chat request becomes a durable job, and what stands in its way. */
@NullMarked
package io.genapi.gateway.submit;

import org.jspecify.annotations.NullMarked;
