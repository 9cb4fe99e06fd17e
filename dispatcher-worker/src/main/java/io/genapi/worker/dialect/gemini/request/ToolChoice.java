package io.genapi.worker.dialect.gemini.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whether the model may, must or must not call a function, and which. */
final class ToolChoice {

    private static final String FIELD = "tool_choice";

    private final Set<String> declared;
    private final boolean strict;

    ToolChoice(Set<String> declared, boolean strict) {
        this.declared = declared;
        this.strict = strict;
    }

    void write(Fields request, ObjectNode body) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        JsonNode choice = request.any(FIELD).orElse(JsonNodeFactory.instance.missingNode());
        if (choice.isObject()) {
            request.object(FIELD).ifPresent(chosen -> chosen(chosen, config));
        } else if (choice.isMissingNode() || choice.isString()) {
            word(choice.stringValue(""), request.findings(), config);
        } else {
            request.findings().malformed(FIELD, "is " + Fields.describe(choice), "Send a string or an object.");
        }
        if (!config.isEmpty()) {
            body.putObject("toolConfig").set("functionCallingConfig", config);
        }
    }

    private void word(String word, Findings findings, ObjectNode config) {
        switch (word) {
            case "", "auto" -> {
                if (strict) {
                    config.put("mode", "VALIDATED");
                } else if (word.equals("auto") && !declared.isEmpty()) {
                    config.put("mode", "AUTO");
                }
            }
            case "none" -> config.put("mode", "NONE");
            case "required" -> {
                if (declared.isEmpty()) {
                    findings.malformed(FIELD, "is 'required', but there are no function tools", "Send tools.");
                }
                config.put("mode", "ANY");
            }
            default -> findings.malformed(FIELD, "is '" + word + "'", "Send none, auto, required or a function.");
        }
    }

    private void chosen(Fields choice, ObjectNode config) {
        choice.requiredText("type").ifPresent(type -> {
            switch (type) {
                case "function" -> {
                    config.put("mode", "ANY");
                    choice.requiredObject("function").ifPresent(function -> allow(List.of(function), config));
                }
                case "allowed_tools" ->
                    choice.requiredObject("allowed_tools").ifPresent(allowed -> {
                        boolean required = allowed.text("mode").orElse("auto").equals("required");
                        // Mode AUTO knows no restriction to some functions, VALIDATED does.
                        config.put("mode", required ? "ANY" : "VALIDATED");
                        allow(
                                allowed.objects("tools").stream()
                                        .flatMap(tool -> tool.requiredObject("function").stream())
                                        .toList(),
                                config);
                    });
                default ->
                    choice.findings()
                            .omitted(choice.at("type"), "has no tools of type '" + type + "'", "Choose a function.");
            }
        });
    }

    private void allow(List<Fields> functions, ObjectNode config) {
        Set<String> allowed = new LinkedHashSet<>();
        for (Fields function : functions) {
            function.requiredText("name").ifPresent(name -> {
                if (!declared.contains(name)) {
                    function.findings()
                            .malformed(function.at("name"), "is none of the functions in 'tools'", "Send one of them.");
                }
                allowed.add(name);
            });
        }
        var names = config.putArray("allowedFunctionNames");
        allowed.forEach(names::add);
    }
}
