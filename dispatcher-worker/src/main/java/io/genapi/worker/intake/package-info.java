/** Taking jobs in for as long as the worker runs, whatever becomes of single consumers. */
@NullMarked
package io.genapi.worker.intake;

import org.jspecify.annotations.NullMarked;
