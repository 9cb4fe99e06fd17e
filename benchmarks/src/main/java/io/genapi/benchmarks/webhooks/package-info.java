/** What endpoints that do well notice of those that hang or fail. */
@NullMarked
package io.genapi.benchmarks.webhooks;

import org.jspecify.annotations.NullMarked;
