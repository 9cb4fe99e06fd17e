package io.genapi.gateway.openapi;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operation answers where it does what it is asked.
 *
 * @param status the HTTP status code, or {@code default} for all that are not named
 * @param headers beside those of every response
 */
public record Answer(String status, String description, List<ResponseHeader> headers, List<Content> contents) {

    public Answer {
        headers = List.copyOf(headers);
        contents = List.copyOf(contents);
    }

    public static Answer of(int status, String description, Content... contents) {
        return new Answer(Integer.toString(status), description, List.of(), List.of(contents));
    }

    public static Answer otherwise(String description, Content content) {
        return new Answer("default", description, List.of(), List.of(content));
    }

    public Answer with(ResponseHeader... more) {
        return with(List.of(more));
    }

    public Answer with(List<ResponseHeader> more) {
        List<ResponseHeader> all = new ArrayList<>(headers);
        more.stream().filter(header -> !headers.contains(header)).forEach(all::add);
        return new Answer(status, description, all, contents);
    }
}
