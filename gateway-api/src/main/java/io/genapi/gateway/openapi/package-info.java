/** What callers are told of the HTTP API, and the OpenAPI document that is made of it. */
@NullMarked
package io.genapi.gateway.openapi;

import org.jspecify.annotations.NullMarked;
