/** The subcommands of genapi: their options, what they print, their exit codes. */
@NullMarked
package io.genapi.cli.command;

import org.jspecify.annotations.NullMarked;
