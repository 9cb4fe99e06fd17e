/** The gateway as a service: its definition and its process. */
@NullMarked
package io.genapi.gateway;

import org.jspecify.annotations.NullMarked;
