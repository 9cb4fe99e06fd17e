/** Jobs as the result store tells them: looking one up, and what the gateway reads of a job document. */
@NullMarked
package io.genapi.gateway.job;

import org.jspecify.annotations.NullMarked;
