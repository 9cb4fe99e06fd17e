/** What processes tell each other: that they live, where they answer, and how their vendors are. */
@NullMarked
package io.genapi.schemas.control;

import org.jspecify.annotations.NullMarked;
