package io.genapi.gateway.openapi;

import java.util.List;
import java.util.Map;

/**
 * What is told of the API as a whole.
 *
 * @param version of the build
 * @param tags the groups of operations, each with what it is
 * @param everywhere the headers of every response
 * @param undocumented the keys of the routes that are left out on purpose
 */
public record Introduction(
        String version,
        String description,
        Map<String, String> tags,
        List<ResponseHeader> everywhere,
        List<String> undocumented) {

    public Introduction {
        everywhere = List.copyOf(everywhere);
        undocumented = List.copyOf(undocumented);
    }
}
