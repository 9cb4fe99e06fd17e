package io.genapi.cli.command;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which model to ask where nobody names one. Pure. */
final class ServedModel {

    /** Small, cheap and in every catalog that was not changed. */
    static final String USUAL = "gpt-4o-mini";

    private ServedModel() {}

    /**
     * The usual model, or else the first whose vendor some worker can call; the usual one too where none is.
     *
     * @param models as {@code GET /v1/models} lists them
     * @param health as {@code GET /health} tells it: its vendors are those that workers have a key for
     */
    static String choose(JsonNode models, JsonNode health) {
        List<String> served = models.path("data")
                .valueStream()
                .filter(model ->
                        health.path("vendors").has(model.path("owned_by").asString("")))
                .map(model -> model.path("id").asString(""))
                .filter(name -> !name.isEmpty())
                .toList();
        return served.isEmpty() || served.contains(USUAL) ? USUAL : served.getFirst();
    }
}
