package io.genapi.simulator.control;

import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.FaultScript;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.latency.DurationNotation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Scripted faults as the JSON of {@code POST /simulator/faults}: one object or an array of them. */
final class FaultJson {

    static final List<String> FAULT_FIELDS = List.of("fault", "status", "retry_after", "retry_after_ms", "per_byte");

    private static final List<String> FIELDS =
            List.of("fault", "status", "retry_after", "retry_after_ms", "per_byte", "times");

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
        return new Scripted(fault(fields), (int) fields.whole("times").orElse(1));
    }

    /** The fault alone, of fields that may hold others too. */
    static Fault fault(JsonFields fields) {
        RetryAfter retryAfter = new RetryAfter(fields.whole("retry_after"), fields.whole("retry_after_ms"));
        String name = fields.text("fault", "status");
        return switch (name) {
            case "none" -> new Fault.None();
            case "status" -> new Fault.Status((int) fields.whole("status").orElse(500), retryAfter);
            case "hang" -> new Fault.Hang();
            case "hang-after-headers" -> new Fault.HangAfterHeaders();
            case "slow-drip" ->
                new Fault.SlowDrip(DurationNotation.parse("per_byte", fields.text("per_byte", "100ms")));
            case "wrong-content-type" -> new Fault.WrongContentType();
            case "close-before-headers" -> new Fault.CloseBeforeHeaders();
            case "close-after-headers" -> new Fault.CloseAfterHeaders();
            case "truncated-body" -> new Fault.TruncatedBody();
            case "malformed-json" -> new Fault.MalformedJson();
            default ->
                throw new IllegalArgumentException(
                        ("fault: '%s' is none; use none, status, hang, hang-after-headers, slow-drip,"
                                        + " wrong-content-type, close-before-headers, close-after-headers, truncated-body or"
                                        + " malformed-json")
                                .formatted(name));
        };
    }
}
