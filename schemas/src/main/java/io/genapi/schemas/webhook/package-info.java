/** Endpoints that tenants register, the events they are told of, and what came of telling them. */
@NullMarked
package io.genapi.schemas.webhook;

import org.jspecify.annotations.NullMarked;
