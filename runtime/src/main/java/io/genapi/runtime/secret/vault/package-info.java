/** Secrets in HashiCorp Vault's KV engine, version 2: reading them, and staying logged in for that. */
@NullMarked
package io.genapi.runtime.secret.vault;

import org.jspecify.annotations.NullMarked;
