package io.genapi.gateway.responses;

import io.genapi.gateway.responses.request.RequestJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * One server-sent event of a response.
 *
 * @param sequence from 0; the same for everybody who reads the response
 * @param data with the type and the number in it; not to be changed
 */
public record ResponseEvent(String type, long sequence, ObjectNode data) {

    /** The data, in UTF-8. */
    public byte[] toJson() {
        return RequestJson.write(data);
    }
}
