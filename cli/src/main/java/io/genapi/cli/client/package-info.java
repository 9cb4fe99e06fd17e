/** A gateway as the command line sees it: plain HTTP. */
@NullMarked
package io.genapi.cli.client;

import org.jspecify.annotations.NullMarked;
