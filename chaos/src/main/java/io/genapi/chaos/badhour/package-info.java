/** One of two vendors has a bad hour while callers wait for answers that either can give. */
@NullMarked
package io.genapi.chaos.badhour;

import org.jspecify.annotations.NullMarked;
