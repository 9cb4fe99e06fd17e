package io.genapi.simulator.control;

import io.genapi.simulator.behaviour.CurrentBehaviour;
import io.genapi.simulator.exchange.Exchange;
import io.genapi.simulator.exchange.ExchangeHandler;
import io.genapi.simulator.exchange.VendorRequest;
import io.genapi.simulator.fault.FaultScript;
import io.genapi.simulator.fault.OutagePlan;
import io.genapi.simulator.journal.CallJournal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Answers the endpoints under {@code /simulator}; they are neither recorded nor delayed. Thread-safe. */
public final class ControlService implements ExchangeHandler {

    private static final String PREFIX = "/simulator/";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final CallJournal journal;
    private final CurrentBehaviour behaviour;
    private final FaultScript script;
    private final OutagePlan outages;

    public ControlService(CallJournal journal, CurrentBehaviour behaviour, FaultScript script, OutagePlan outages) {
        this.journal = journal;
        this.behaviour = behaviour;
        this.script = script;
        this.outages = outages;
    }

    /** Whether a path is one of the simulator's own. */
    public boolean serves(String path) {
        return path.startsWith(PREFIX);
    }

    @Override
    public void handle(Exchange exchange) {
        Reply reply;
        try {
            reply = reply(exchange.request());
        } catch (JacksonException malformed) {
            reply = refused(
                    400,
                    "the body is not JSON: line %d, column %d"
                            .formatted(
                                    malformed.getLocation().getLineNr(),
                                    malformed.getLocation().getColumnNr()));
        } catch (IllegalArgumentException rubbish) {
            reply = refused(400, String.valueOf(rubbish.getMessage()));
        }
        byte[] body = reply.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.head(reply.status(), Map.of("content-type", "application/json"), OptionalInt.of(body.length));
        exchange.write(body);
        boolean _ = exchange.finish();
    }

    private record Reply(int status, JsonNode body) {}

    private Reply reply(VendorRequest request) {
        String endpoint = request.method() + " " + request.path().substring(PREFIX.length());
        return switch (endpoint) {
            case "GET calls" -> ok(JSON.valueToTree(journal.calls()));
            case "DELETE calls" -> {
                journal.clear();
                yield ok(JSON.valueToTree(journal.statistics()));
            }
            case "GET stats" -> ok(JSON.valueToTree(journal.statistics()));
            case "GET behaviour" -> ok(BehaviourJson.write(behaviour.get()));
            case "PUT behaviour" -> {
                var wanted = BehaviourJson.read(JSON.readTree(request.body()));
                yield ok(BehaviourJson.write(behaviour.change(ignored -> wanted)));
            }
            case "PATCH behaviour" -> {
                JsonNode changes = JSON.readTree(request.body());
                yield ok(BehaviourJson.write(behaviour.change(current -> BehaviourJson.merge(current, changes))));
            }
            case "GET faults" -> faults();
            case "POST faults" -> {
                FaultJson.add(JSON.readTree(request.body()), script);
                yield faults();
            }
            case "DELETE faults" -> {
                script.clear();
                yield faults();
            }
            case "GET outages" -> outages();
            case "POST outages" -> {
                outages.add(OutageJson.read(JSON.readTree(request.body())));
                yield outages();
            }
            case "DELETE outages" -> {
                outages.clear();
                yield outages();
            }
            default ->
                refused(
                        404,
                        ("%s %s: no such endpoint; under " + PREFIX + " there are GET and DELETE calls, GET stats, GET,"
                                        + " PUT and PATCH behaviour, GET, POST and DELETE faults and outages")
                                .formatted(request.method(), request.path()));
        };
    }

    private Reply faults() {
        return ok(JsonNodeFactory.instance.objectNode().put("remaining", script.remaining()));
    }

    private Reply outages() {
        return ok(JsonNodeFactory.instance.objectNode().put("remaining", outages.remaining()));
    }

    private static Reply ok(JsonNode body) {
        return new Reply(200, body);
    }

    private static Reply refused(int status, String message) {
        var envelope = JsonNodeFactory.instance.objectNode();
        envelope.putObject("error").put("message", message).put("type", "invalid_request_error");
        return new Reply(status, envelope);
    }
}
