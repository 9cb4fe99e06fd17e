/** Webhook endpoints as tenants register and change them. */
@NullMarked
package io.genapi.gateway.webhook;

import org.jspecify.annotations.NullMarked;
