/** OpenAI's error envelope, the shape of every failure a caller sees. */
@NullMarked
package io.genapi.schemas.error;

import org.jspecify.annotations.NullMarked;
