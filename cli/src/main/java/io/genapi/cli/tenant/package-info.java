/** Tenants' keys in a catalog that people write by hand. */
@NullMarked
package io.genapi.cli.tenant;

import org.jspecify.annotations.NullMarked;
