/** How processes of the broker find each other and know who lives. */
@NullMarked
package io.genapi.runtime.heartbeat;

import org.jspecify.annotations.NullMarked;
