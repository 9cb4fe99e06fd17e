/** The webhook endpoints that tenants have registered, and where they may be, for all processes that deal with them. */
@NullMarked
package io.genapi.runtime.webhook;

import org.jspecify.annotations.NullMarked;
