package io.genapi.gateway.openapi;

import java.util.List;

/**
 * One method on one path that the code serves.
 *
 * @param path as the code maps it, such as {@code /v1/jobs/{id}}
 * @param variables the names in its braces that the code reads
 */
public record Route(String method, String path, List<String> variables) {

    public Route {
        variables = List.copyOf(variables);
    }

    /** By which what is told of it finds it. */
    public String key() {
        return method + " " + path;
    }

    /** The path in OpenAPI's words, which know no variable that takes several segments. */
    String template() {
        return path.replace("{*", "{");
    }
}
