/** Many jobs from a file: what was submitted, what came back, and how to go on after an interruption. */
@NullMarked
package io.genapi.cli.run;

import org.jspecify.annotations.NullMarked;
