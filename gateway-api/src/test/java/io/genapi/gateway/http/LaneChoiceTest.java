package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.Lane;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneChoiceTest {

    @Test
    void leavesTheChoiceToTheBrokerWhereNothingOrAutoIsSaid() {
        assertEquals(Optional.empty(), LaneChoice.of(List.of(), Optional.empty()));
        assertEquals(Optional.empty(), LaneChoice.of(List.of("auto"), Optional.empty()));
        assertEquals(Optional.empty(), LaneChoice.of(List.of(), Optional.of("auto")));
    }

    @Test
    void knowsEveryLaneByItsNameInTheHeaderAndInTheBody() {
        for (Lane lane : Lane.values()) {
            assertEquals(Optional.of(lane), LaneChoice.of(List.of(lane.wireName()), Optional.empty()));
            assertEquals(Optional.of(lane), LaneChoice.of(List.of(), Optional.of(lane.wireName())));
        }
    }

    @Test
    void theHeaderWinsAndLeavesTheTierToTheVendor() {
        assertEquals(Optional.of(Lane.FLEX), LaneChoice.of(List.of("flex"), Optional.of("priority")));
        assertEquals(Optional.of(Lane.PRIORITY), LaneChoice.of(List.of("priority"), Optional.of("scale")));
        assertEquals(Optional.empty(), LaneChoice.of(List.of("auto"), Optional.of("flex")));
    }

    @Test
    void refusesWhatNamesNoLaneAndSaysWhatWould() {
        assertRefused("service_tier", "'scale'", List.of(), "scale");
        assertRefused("service_tier", "''", List.of(), "");
        assertRefused("service_tier", "'Priority'", List.of(), "Priority");
        assertRefused("Genapi-Lane", "'urgent'", List.of("urgent"), "flex");
        assertRefused("Genapi-Lane", "''", List.of(""), "flex");
        assertRefused("Genapi-Lane", "'" + "x".repeat(64) + "…'", List.of("x".repeat(1_000)), "flex");
    }

    @Test
    void refusesTwoLanesAtOnce() {
        assertRefused("Genapi-Lane", "'flex', 'priority'", List.of("flex", "priority"), "auto");
        assertEquals(Optional.of(Lane.FLEX), LaneChoice.of(List.of("flex", "flex"), Optional.empty()));
    }

    private static void assertRefused(String field, String value, List<String> headers, String tier) {
        ApiError error = assertThrows(ApiErrorException.class, () -> LaneChoice.of(headers, Optional.of(tier)))
                .error();
        assertEquals(400, error.status());
        assertEquals(Optional.of(field), error.param());
        assertTrue(error.message().contains(value), error.message());
        assertTrue(error.message().contains("Send "), error.message());
    }
}
