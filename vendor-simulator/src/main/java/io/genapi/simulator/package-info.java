/** A vendor to test and play against: starts the server, changes its behaviour while it runs, tells what it saw. */
@NullMarked
package io.genapi.simulator;

import org.jspecify.annotations.NullMarked;
