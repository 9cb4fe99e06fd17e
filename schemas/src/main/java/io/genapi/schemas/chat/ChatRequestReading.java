package io.genapi.schemas.chat;

import io.genapi.schemas.error.ApiError;

/** What came of reading a request body. */
public sealed interface ChatRequestReading {

    /** The body can go to a vendor. */
    record Valid(ChatRequestBody body) implements ChatRequestReading {}

    /** The body cannot; the error names the field, the value and the remedy. */
    record Invalid(ApiError error) implements ChatRequestReading {}
}
