package io.genapi.chaos.vendor;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The simulated vendor, as its control endpoints show it. Thread-safe. */
public final class Simulator {

    private final Api api;

    /** @param base without the {@code /v1} */
    public Simulator(URI base) {
        this.api = new Api(base);
    }

    /** What {@code genapi.simulator-url} and a catalog's {@code base-url} want. */
    public String vendorUrl() {
        return api.base() + "/v1";
    }

    public String controlUrl() {
        return api.base() + "/simulator";
    }

    /** Forgets the calls that have ended, and answers at once and without fail. */
    public void reset() {
        behave("{}");
        clearFaults();
        forget();
    }

    /** Forgets the calls that have ended. */
    public void forget() {
        check(api.send("DELETE", "/simulator/calls", new byte[0]));
    }

    /** Changes only what is given. */
    public void change(String behaviour) {
        check(api.send("PATCH", "/simulator/behaviour", behaviour.getBytes(StandardCharsets.UTF_8)));
    }

    /** From here on answers take that long, in the simulator's notation; a reset makes an end of it. */
    public void latency(String latency) {
        change("{\"latency\":\"%s\"}".formatted(latency));
    }

    /** Calls wait from here on. */
    public void hold() {
        behave("{\"held\":true}");
    }

    public void release() {
        behave("{\"held\":false}");
    }

    public void behave(String behaviour) {
        check(api.send("PUT", "/simulator/behaviour", behaviour.getBytes(StandardCharsets.UTF_8)));
    }

    /** So many of the next calls get an answer that is no JSON, which nobody asks for again. */
    public void garble(int calls) {
        script("malformed-json", calls);
    }

    /** So many of the next calls are answered as ever, whatever is scripted for those behind them. */
    public void pass(int calls) {
        script("none", calls);
    }

    /** So many of the next calls get no answer, ever. */
    public void hang(int calls) {
        script("hang", calls);
    }

    private void script(String fault, int calls) {
        String json = "{\"fault\":\"%s\",\"times\":%d}".formatted(fault, calls);
        check(api.send("POST", "/simulator/faults", json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Calls from here on get no scripted fault. */
    public void clearFaults() {
        check(api.send("DELETE", "/simulator/faults", new byte[0]));
    }

    public long total() {
        return stats().path("total").asLong();
    }

    /** How many calls were answered with 200. */
    public long succeeded() {
        return stats().path("by_status").path("200").asLong();
    }

    public int inFlight() {
        return stats().path("in_flight").asInt();
    }

    private JsonNode stats() {
        return check(api.get("/simulator/stats")).json();
    }

    /** Every call that is remembered, in order of arrival. */
    public List<JsonNode> calls() {
        return StreamSupport.stream(check(api.get("/simulator/calls")).json().spliterator(), false)
                .toList();
    }

    /** The calls whose question begins with these words. */
    public List<JsonNode> callsAbout(String beginning) {
        return calls().stream()
                .filter(call -> call.path("last_user_text").asString("").startsWith(beginning))
                .toList();
    }

    /** The same calls as {@link #calls()}, without what only few want to know. */
    public List<VendorCall> vendorCalls() {
        return calls().stream().map(VendorCall::of).toList();
    }

    /** The most calls that were in flight at once since the last {@link #reset()}. */
    public int mostInFlight() {
        return stats().path("max_in_flight").asInt();
    }

    private static Answer check(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("the simulator says " + answer);
        }
        return answer;
    }
}
