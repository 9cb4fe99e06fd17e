package io.genapi.gateway.responses;

import tools.jackson.databind.node.ObjectNode;

/** An item of a response's output while its pieces come. Not thread-safe. */
sealed interface OpenItem permits OpenContent, OpenCall {

    /** Says that it is whole, unless that was said and nothing has come since. */
    void close(ResponseStatus status);

    /** As it stands. */
    ObjectNode item(ResponseStatus status);
}
