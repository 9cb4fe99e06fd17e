/** What a service of the broker takes of the machine, seen from outside. */
@NullMarked
package io.genapi.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
