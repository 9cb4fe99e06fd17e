/** Where connections that leave the process may go, and by way of whom. */
@NullMarked
package io.genapi.runtime.net;

import org.jspecify.annotations.NullMarked;
