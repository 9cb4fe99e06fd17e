/** What people see: progress and colours where there is a terminal, plain lines where there is none. */
@NullMarked
package io.genapi.cli.terminal;

import org.jspecify.annotations.NullMarked;
