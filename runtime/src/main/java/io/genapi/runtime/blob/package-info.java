/** Large contents by their keys, in a directory or in an S3 bucket. */
@NullMarked
package io.genapi.runtime.blob;

import org.jspecify.annotations.NullMarked;
