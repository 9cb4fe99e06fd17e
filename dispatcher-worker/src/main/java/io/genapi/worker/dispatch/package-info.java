/** One job from the moment it is taken up to its published end. */
@NullMarked
package io.genapi.worker.dispatch;

import org.jspecify.annotations.NullMarked;
