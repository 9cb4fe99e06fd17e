/** Text that comes from outside, which may be long or hold what UTF-8 cannot, and text that ids are made of. */
@NullMarked
package io.genapi.schemas.text;

import org.jspecify.annotations.NullMarked;
