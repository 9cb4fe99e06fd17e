/** What services must agree on about jobs. */
@NullMarked
package io.genapi.runtime.job;

import org.jspecify.annotations.NullMarked;
