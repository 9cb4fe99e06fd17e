/** The bodies of jobs whose records do not carry them. */
@NullMarked
package io.genapi.worker.body;

import org.jspecify.annotations.NullMarked;
