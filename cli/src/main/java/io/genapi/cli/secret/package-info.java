/** Secrets in the clear, for as long as it takes to encrypt them: the notation that people write them in, and the editor. */
@NullMarked
package io.genapi.cli.secret;

import org.jspecify.annotations.NullMarked;
