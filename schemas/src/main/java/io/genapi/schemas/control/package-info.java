/** What processes tell each other: that they live and where, how their vendors are, which jobs are cancelled. */
@NullMarked
package io.genapi.schemas.control;

import org.jspecify.annotations.NullMarked;
