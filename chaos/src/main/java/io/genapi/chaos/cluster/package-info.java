/** The whole broker as processes of their own, in any number. */
@NullMarked
package io.genapi.chaos.cluster;

import org.jspecify.annotations.NullMarked;
