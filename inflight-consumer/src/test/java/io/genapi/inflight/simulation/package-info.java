/**
 * A whole consumer group with its broker, in virtual time and one step after the other, driven by seeded chance: every
 * run of a seed is the same run.
 */
@NullMarked
package io.genapi.inflight.simulation;

import org.jspecify.annotations.NullMarked;
