package io.genapi.inflight.lane;

/**
 * Lets a lane's records start only as fast as something outside allows: a vendor that is down, a rate that is used up.
 *
 * <p>Asked by the poll thread several times in each of its turns, some hundred times a second, so it answers at once
 * from what it knows. A gate that throws counts as shut until it answers again.
 */
@FunctionalInterface
public interface Gate {

    /** Always open. */
    Gate OPEN = () -> Integer.MAX_VALUE;

    /**
     * How many more records of the lane may start now, beyond those that run. With 0 or less the gate is shut: nothing
     * starts, and the lane's partitions are paused.
     */
    int room();
}
