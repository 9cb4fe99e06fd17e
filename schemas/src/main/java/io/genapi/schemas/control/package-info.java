/** What processes tell each other: that they live, how vendors are, which jobs are cancelled, what the catalog says. */
@NullMarked
package io.genapi.schemas.control;

import org.jspecify.annotations.NullMarked;
