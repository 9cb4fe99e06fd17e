/** Who may come in, and as whom. */
@NullMarked
package io.genapi.gateway.tenant;

import org.jspecify.annotations.NullMarked;
