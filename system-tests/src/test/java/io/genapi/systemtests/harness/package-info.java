/** What the system tests start, stop, kill and ask. */
@NullMarked
package io.genapi.systemtests.harness;

import org.jspecify.annotations.NullMarked;
