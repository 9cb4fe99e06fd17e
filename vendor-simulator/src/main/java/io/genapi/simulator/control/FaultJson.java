package io.genapi.simulator.control;

import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.FaultScript;
import io.genapi.simulator.fault.RetryAfter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Scripted faults as the JSON of {@code POST /simulator/faults}: one object or an array of them. */
final class FaultJson {

    private static final List<String> FIELDS = List.of("fault", "status", "retry_after", "retry_after_ms", "times");

    private record Scripted(Fault fault, int times) {}

    private FaultJson() {}

    /** Adds all of them, or none if one cannot be read. */
    static void add(JsonNode json, FaultScript script) {
        List<Scripted> scripted = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(one -> scripted.add(read(one)));
        } else {
            scripted.add(read(json));
        }
        scripted.forEach(one -> script.add(one.fault(), one.times()));
    }

    private static Scripted read(JsonNode json) {
        JsonFields fields = new JsonFields(json, FIELDS);
        RetryAfter retryAfter = new RetryAfter(fields.whole("retry_after"), fields.whole("retry_after_ms"));
        String name = fields.text("fault", "status");
        Fault fault = switch (name) {
            case "none" -> new Fault.None();
            case "status" -> new Fault.Status((int) fields.whole("status").orElse(500), retryAfter);
            case "hang" -> new Fault.Hang();
            case "close-before-headers" -> new Fault.CloseBeforeHeaders();
            case "close-after-headers" -> new Fault.CloseAfterHeaders();
            case "truncated-body" -> new Fault.TruncatedBody();
            case "malformed-json" -> new Fault.MalformedJson();
            default ->
                throw new IllegalArgumentException(("fault: '%s' is none; use none, status, hang, close-before-headers,"
                                + " close-after-headers, truncated-body or malformed-json")
                        .formatted(name));
        };
        return new Scripted(fault, (int) fields.whole("times").orElse(1));
    }
}
