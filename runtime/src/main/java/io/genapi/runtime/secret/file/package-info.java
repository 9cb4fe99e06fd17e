/** The encrypted file of secrets: its format, its key, and reading and writing it. */
@NullMarked
package io.genapi.runtime.secret.file;

import org.jspecify.annotations.NullMarked;
