/** How a process follows what is told to all processes of the broker. */
@NullMarked
package io.genapi.runtime.control;

import org.jspecify.annotations.NullMarked;
