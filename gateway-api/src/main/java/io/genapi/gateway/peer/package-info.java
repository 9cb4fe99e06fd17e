/** What a gateway has the other processes do. */
@NullMarked
package io.genapi.gateway.peer;

import org.jspecify.annotations.NullMarked;
