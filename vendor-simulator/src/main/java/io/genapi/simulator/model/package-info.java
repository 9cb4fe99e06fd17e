/** The simulated model behind every dialect: what it says to a prompt, whatever the form that the answer travels in. */
@NullMarked
package io.genapi.simulator.model;

import org.jspecify.annotations.NullMarked;
