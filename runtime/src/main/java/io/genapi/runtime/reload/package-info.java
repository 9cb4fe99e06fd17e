/** How the catalog that counts follows its file, while jobs run. */
@NullMarked
package io.genapi.runtime.reload;

import org.jspecify.annotations.NullMarked;
