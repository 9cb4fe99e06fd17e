/**
 * What processes tell each other: that they live, how vendors are, which jobs are cancelled or wanted, what the catalog
 * says.
 */
@NullMarked
package io.genapi.schemas.control;

import org.jspecify.annotations.NullMarked;
