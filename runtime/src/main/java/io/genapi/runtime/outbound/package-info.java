/** What calls to other people's servers over HTTP have in common: addresses that were looked at, and TLS. */
@NullMarked
package io.genapi.runtime.outbound;

import org.jspecify.annotations.NullMarked;
