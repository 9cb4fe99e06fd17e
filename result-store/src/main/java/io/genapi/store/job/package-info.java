/** What the store knows of one job, and how news of it changes that. */
@NullMarked
package io.genapi.store.job;

import org.jspecify.annotations.NullMarked;
