package io.genapi.gateway.health;

import io.genapi.schemas.control.Heartbeat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a gateway knows of itself and of the others, at one moment.
 *
 * @param gateways the living ones, this one included once its own heartbeat has come round
 */
public record Situation(
        boolean kafkaReachable,
        int ownedPartitions,
        int waitingCalls,
        List<Heartbeat> gateways,
        List<Heartbeat> workers,
        List<Heartbeat> stores) {

    /** All living ones. */
    Stream<Heartbeat> instances() {
        return Stream.of(gateways, workers, stores).flatMap(List::stream);
    }
}
