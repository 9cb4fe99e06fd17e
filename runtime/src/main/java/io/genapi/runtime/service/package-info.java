/** How a service's process starts from a command line, and what it says when it cannot. */
@NullMarked
package io.genapi.runtime.service;

import org.jspecify.annotations.NullMarked;
