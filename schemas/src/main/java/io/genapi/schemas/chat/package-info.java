/** What the broker reads of a chat completion's JSON, and how it changes a field without touching the other bytes. */
@NullMarked
package io.genapi.schemas.chat;

import org.jspecify.annotations.NullMarked;
