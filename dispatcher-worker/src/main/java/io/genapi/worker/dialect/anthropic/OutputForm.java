package io.genapi.worker.dialect.anthropic;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code response_format} and {@code reasoning_effort}.
 *
 * @see <a href="https://docs.claude.com/en/docs/build-with-claude/structured-outputs">structured outputs</a>
 * @see <a href="https://docs.claude.com/en/docs/build-with-claude/effort">effort</a>
 */
final class OutputForm {

    private final Objections objections;

    OutputForm(Objections objections) {
        this.objections = objections;
    }

    void translate(Place root, ObjectNode body) {
        format(root.at("response_format"), body);
        effort(root.at("reasoning_effort"), body);
    }

    private void format(Place format, ObjectNode body) {
        if (!format.given()) {
            return;
        }
        switch (format.at("type").text()) {
            case "text" -> {
                // What comes without being asked for.
            }
            case "json_object" -> askForJson(body);
            case "json_schema" -> schema(format.at("json_schema"), body);
            default -> objections.malformed(format.at("type"), "Send 'text', 'json_object' or 'json_schema'.");
        }
    }

    /** Anthropic has no mode for JSON without a schema, so that the model is told in words, after the caller's own. */
    private static void askForJson(ObjectNode body) {
        ArrayNode system = body.path("system") instanceof ArrayNode prompts ? prompts : body.putArray("system");
        system.addObject()
                .put("type", "text")
                .put("text", "Answer with one JSON object and nothing else: no other text, no Markdown.");
    }

    private void schema(Place format, ObjectNode body) {
        if (!(format.at("schema").value() instanceof ObjectNode schema)) {
            objections.malformed(format.at("schema"), "Send a JSON Schema of the type 'object'.");
            return;
        }
        String description = format.at("description").text();
        if (!description.isEmpty() && !schema.has("description")) {
            schema = schema.deepCopy().put("description", description);
        }
        body.withObject("/output_config")
                .putObject("format")
                .put("type", "json_schema")
                .set("schema", schema);
    }

    private void effort(Place effort, ObjectNode body) {
        if (!effort.given()) {
            return;
        }
        switch (effort.text()) {
            case "none" -> body.putObject("thinking").put("type", "disabled");
            case "low", "medium", "high", "xhigh", "max" -> {
                body.withObject("/output_config").put("effort", effort.text());
                // Without its summary there would be no thoughts to hand on.
                body.putObject("thinking").put("type", "adaptive").put("display", "summarized");
            }
            case "minimal" -> objections.unsupported(effort, "Send 'low', the least effort that it knows.");
            default -> objections.malformed(effort, "Send 'none', 'low', 'medium', 'high', 'xhigh' or 'max'.");
        }
    }
}
