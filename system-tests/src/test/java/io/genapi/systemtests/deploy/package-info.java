/** What can be known of the deployment files without a container engine. */
@NullMarked
package io.genapi.systemtests.deploy;

import org.jspecify.annotations.NullMarked;
