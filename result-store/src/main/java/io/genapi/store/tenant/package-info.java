/** What each tenant uses now: its open jobs, and its tokens of today. */
@NullMarked
package io.genapi.store.tenant;

import org.jspecify.annotations.NullMarked;
