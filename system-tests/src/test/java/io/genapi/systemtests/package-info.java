/** The whole broker as processes: end to end, crashes, and what users see. */
@NullMarked
package io.genapi.systemtests;

import org.jspecify.annotations.NullMarked;
