/** The certificate that a simulator shows, made anew at each start. */
@NullMarked
package io.genapi.simulator.tls;

import org.jspecify.annotations.NullMarked;
