/** Records what crosses a gateway's edge in tests, and holds it to the API's document. */
@NullMarked
package io.genapi.gateway.traffic;

import org.jspecify.annotations.NullMarked;
