/** Who may use the broker: tenants, their keys, and what each is allowed. */
@NullMarked
package io.genapi.runtime.tenant;

import org.jspecify.annotations.NullMarked;
