/** The vendors, the models they serve and the tenants that use them, as the configuration file declares them. */
@NullMarked
package io.genapi.runtime.catalog;

import org.jspecify.annotations.NullMarked;
