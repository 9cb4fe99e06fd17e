package io.genapi.gateway.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What callers are told of one route.
 *
 * @param route the route's {@link Route#key}
 * @param id unique, and a name that generators of clients can give a method
 * @param open whether nobody needs a key for it
 */
public record Operation(
        String route,
        String id,
        String tag,
        String summary,
        String description,
        boolean open,
        List<Parameter> parameters,
        Optional<Body> body,
        List<Answer> answers,
        List<Fault> faults) {

    /** What its requests carry. */
    public record Body(Content content, boolean required) {}

    public Operation {
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
        faults = List.copyOf(faults);
    }

    public Operation(String route, String id, String tag, String summary, String description) {
        this(route, id, tag, summary, description, false, List.of(), Optional.empty(), List.of(), List.of());
    }

    public Operation forEverybody() {
        return new Operation(route, id, tag, summary, description, true, parameters, body, answers, faults);
    }

    public Operation takes(Parameter... more) {
        return takes(List.of(more));
    }

    public Operation takes(List<Parameter> more) {
        return new Operation(
                route, id, tag, summary, description, open, joined(parameters, more), body, answers, faults);
    }

    public Operation reads(Content content) {
        return reading(new Body(content, true));
    }

    public Operation mayRead(Content content) {
        return reading(new Body(content, false));
    }

    private Operation reading(Body read) {
        return new Operation(
                route, id, tag, summary, description, open, parameters, Optional.of(read), answers, faults);
    }

    public Operation answers(Answer... more) {
        return new Operation(
                route,
                id,
                tag,
                summary,
                description,
                open,
                parameters,
                body,
                joined(answers, Arrays.asList(more)),
                faults);
    }

    public Operation fails(Fault... more) {
        return fails(List.of(more));
    }

    public Operation fails(List<Fault> more) {
        return new Operation(
                route, id, tag, summary, description, open, parameters, body, answers, joined(faults, more));
    }

    Stream<Content> contents() {
        return Stream.concat(
                body.stream().map(Body::content), answers.stream().flatMap(answer -> answer.contents().stream()));
    }

    Stream<ResponseHeader> headers() {
        return Stream.concat(
                answers.stream().flatMap(answer -> answer.headers().stream()),
                faults.stream().flatMap(fault -> fault.headers().stream()));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
