package io.genapi.inflight.lane;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the lanes of one consumer have to be like. */
public final class LaneRules {

    private LaneRules() {}

    /**
     * @throws IllegalArgumentException if there is no lane, a name or topic occurs twice, or the shares are more than
     *     {@code maxInFlight}
     */
    public static void check(int maxInFlight, List<Lane> lanes) {
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("lanes is empty; name at least one lane or topic");
        }
        Set<String> names = new HashSet<>();
        Map<String, String> laneOf = new HashMap<>();
        long shares = 0;
        for (Lane lane : lanes) {
            if (!names.add(lane.name())) {
                throw new IllegalArgumentException("lane " + lane.name() + " is there twice; give each its own name");
            }
            for (String topic : lane.topics()) {
                String other = laneOf.put(topic, lane.name());
                if (other != null) {
                    throw new IllegalArgumentException("topic " + topic + " is in the lanes " + other + " and "
                            + lane.name() + "; leave it in one of them");
                }
            }
            shares += lane.share();
        }
        if (shares > maxInFlight) {
            throw new IllegalArgumentException("the shares of the lanes " + names + " are " + shares
                    + " in all, but maxInFlight is " + maxInFlight + "; lower shares or raise maxInFlight");
        }
    }
}
