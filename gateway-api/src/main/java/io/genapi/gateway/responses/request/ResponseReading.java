package io.genapi.gateway.responses.request;

import io.genapi.schemas.error.ApiError;

/** What came of reading a request for a response. */
public sealed interface ResponseReading {

    /** A chat completion can say it. */
    record Valid(ResponseRequest request) implements ResponseReading {}

    /** It is malformed, or asks for what no chat completion does. */
    record Invalid(ApiError error) implements ResponseReading {}
}
