/** What the gateway says of the broker's health, and how it comes to it. */
@NullMarked
package io.genapi.gateway.health;

import org.jspecify.annotations.NullMarked;
