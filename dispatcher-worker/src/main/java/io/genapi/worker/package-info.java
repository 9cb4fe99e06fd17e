/** The dispatcher worker as a process: takes jobs, picks a vendor, calls it, publishes results. */
@NullMarked
package io.genapi.worker;

import org.jspecify.annotations.NullMarked;
