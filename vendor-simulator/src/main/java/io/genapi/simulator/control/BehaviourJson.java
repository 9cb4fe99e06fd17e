package io.genapi.simulator.control;

import io.genapi.simulator.behaviour.Behaviour;
import io.genapi.simulator.fault.ErrorRate;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.latency.DurationNotation;
import io.genapi.simulator.latency.LatencyNotation;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A behaviour as the JSON of {@code /simulator/behaviour}. */
final class BehaviourJson {

    private static final List<String> FIELDS = List.of(
            "latency",
            "time_per_token",
            "error_rate",
            "error_statuses",
            "retry_after",
            "retry_after_ms",
            "requests_per_minute",
            "cut_handshakes",
            "held");

    private BehaviourJson() {}

    static ObjectNode write(Behaviour behaviour) {
        ErrorRate errors = behaviour.errors();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("latency", behaviour.latency().notation())
                .put("time_per_token", DurationNotation.print(behaviour.timePerToken()))
                .put("error_rate", errors.rate());
        var statuses = json.putArray("error_statuses");
        errors.statuses().forEach(statuses::add);
        errors.retryAfter().seconds().ifPresent(seconds -> json.put("retry_after", seconds));
        errors.retryAfter().millis().ifPresent(millis -> json.put("retry_after_ms", millis));
        behaviour.requestsPerMinute().ifPresent(limit -> json.put("requests_per_minute", limit));
        return json.put("cut_handshakes", behaviour.cutHandshakes()).put("held", behaviour.held());
    }

    /** Reads a whole behaviour: fields that are absent or null have the values of {@link Behaviour#PROMPT}. */
    static Behaviour read(JsonNode json) {
        JsonFields fields = new JsonFields(json, FIELDS);
        List<Integer> statuses = fields.integers("error_statuses");
        return new Behaviour(
                LatencyNotation.parse(fields.text("latency", "none")),
                DurationNotation.parse("time_per_token", fields.text("time_per_token", "0")),
                new ErrorRate(
                        fields.number("error_rate", 0),
                        statuses.isEmpty() ? ErrorRate.NONE.statuses() : statuses,
                        new RetryAfter(fields.whole("retry_after"), fields.whole("retry_after_ms"))),
                fields.whole("requests_per_minute").stream()
                        .mapToInt(Math::toIntExact)
                        .mapToObj(OptionalInt::of)
                        .findFirst()
                        .orElse(OptionalInt.empty()),
                fields.flag("cut_handshakes"),
                fields.flag("held"));
    }

    /** The current behaviour with the given fields changed; null resets a field. */
    static Behaviour merge(Behaviour current, JsonNode changes) {
        JsonFields.check(changes, FIELDS);
        ObjectNode merged = write(current);
        changes.properties().forEach(change -> merged.set(change.getKey(), change.getValue()));
        return read(merged);
    }
}
