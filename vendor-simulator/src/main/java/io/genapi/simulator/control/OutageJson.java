package io.genapi.simulator.control;

import io.genapi.simulator.fault.Outage;
import io.genapi.simulator.latency.DurationNotation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One outage as the JSON of {@code POST /simulator/outages}. */
final class OutageJson {

    private static final List<String> FIELDS = fields();

    private OutageJson() {}

    static Outage read(JsonNode json) {
        JsonFields fields = new JsonFields(json, FIELDS);
        return new Outage(
                DurationNotation.parse("after", fields.text("after", "0")),
                DurationNotation.parse("for", fields.text("for", "")),
                FaultJson.fault(fields));
    }

    private static List<String> fields() {
        List<String> fields = new ArrayList<>(List.of("after", "for"));
        fields.addAll(FaultJson.FAULT_FIELDS);
        return List.copyOf(fields);
    }
}
