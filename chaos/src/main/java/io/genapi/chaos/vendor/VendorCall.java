package io.genapi.chaos.vendor;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One call as the simulator recorded it.
 *
 * @param question of the last user message: which job it is for
 * @param ended empty while it is in flight
 * @param status 0 for a call that got none
 * @param abandoned its client left before the whole answer was sent, as the calls of a killed process do
 */
public record VendorCall(String question, Instant started, Optional<Instant> ended, int status, boolean abandoned) {

    static VendorCall of(JsonNode call) {
        return new VendorCall(
                call.path("last_user_text").asString(""),
                Instant.parse(call.path("started").asString()),
                call.hasNonNull("ended")
                        ? Optional.of(Instant.parse(call.path("ended").asString()))
                        : Optional.empty(),
                call.path("status").asInt(0),
                call.path("aborted_by_client").asBoolean(false));
    }
}
