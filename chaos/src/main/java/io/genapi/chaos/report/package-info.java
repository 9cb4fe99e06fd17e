/** Measurements as a table for people. */
@NullMarked
package io.genapi.chaos.report;

import org.jspecify.annotations.NullMarked;
