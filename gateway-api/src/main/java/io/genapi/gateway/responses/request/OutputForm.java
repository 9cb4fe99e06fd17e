package io.genapi.gateway.responses.request;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** How the answer is to look: {@code text} and {@code include} of a response's request. */
final class OutputForm {

    private static final String LOGPROBS = "message.output_text.logprobs";

    private OutputForm() {}

    static void translate(Field request, ObjectNode chat) {
        request.given("text").ifPresent(text -> {
            text.only(Set.of("format", "verbosity"));
            text.given("format").ifPresent(format -> format(format.object(), chat));
            text.given("verbosity").ifPresent(verbosity -> chat.put("verbosity", verbosity.text()));
        });
        boolean logprobs =
                request.given("include").map(OutputForm::includesLogprobs).orElse(false);
        request.given("top_logprobs").ifPresent(top -> {
            chat.put("logprobs", true);
            chat.put("top_logprobs", top.wholeNumber());
        });
        if (logprobs) {
            chat.put("logprobs", true);
        }
    }

    private static void format(Field format, ObjectNode chat) {
        switch (format.required("type")) {
            case "text" -> {}
            case "json_object" -> chat.putObject("response_format").put("type", "json_object");
            case "json_schema" -> {
                ObjectNode schema = chat.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema")
                        .put("name", format.required("name"));
                format.given("description").ifPresent(text -> schema.put("description", text.text()));
                schema.set("schema", format.at("schema").node());
                format.given("strict").ifPresent(flag -> schema.put("strict", flag.flag()));
            }
            default -> throw format.at("type").wrong("Send text, json_object or json_schema.");
        }
    }

    private static boolean includesLogprobs(Field include) {
        List<Field> wanted = include.elements();
        wanted.stream()
                .filter(each -> !each.text().equals(LOGPROBS))
                .findFirst()
                .ifPresent(other -> {
                    throw other.unsupported(
                            "There is nothing of that kind to include. Send '" + LOGPROBS + "', or leave it out.");
                });
        return !wanted.isEmpty();
    }
}
