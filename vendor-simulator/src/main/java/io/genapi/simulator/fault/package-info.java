/** What goes wrong on a vendor's side, scripted for the next calls or drawn by chance; knows no dialect. */
@NullMarked
package io.genapi.simulator.fault;

import org.jspecify.annotations.NullMarked;
