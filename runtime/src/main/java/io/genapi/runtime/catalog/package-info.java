/** The vendors and the models they serve, as the configuration file declares them. */
@NullMarked
package io.genapi.runtime.catalog;

import org.jspecify.annotations.NullMarked;
