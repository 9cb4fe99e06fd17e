package io.genapi.inflight.poll;

import io.genapi.inflight.lane.Lane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lanes of one consumer, named by their places; others may come, none goes. Poll thread only. */
final class Lanes {

    private final String consumer;
    private final List<Lane> lanes;

    Lanes(String consumer, List<Lane> first) {
        this.consumer = consumer;
        this.lanes = new ArrayList<>(first);
    }

    int count() {
        return lanes.size();
    }

    Lane at(int place) {
        return lanes.get(place);
    }

    void add(Lane lane) {
        lanes.add(lane);
    }

    Set<String> topics() {
        Set<String> topics = new HashSet<>();
        lanes.forEach(lane -> topics.addAll(lane.topics()));
        return topics;
    }

    /** The place of the topic's lane. */
    int of(String topic) {
        for (int place = 0; place < lanes.size(); place++) {
            if (lanes.get(place).topics().contains(topic)) {
                return place;
            }
        }
        throw new IllegalArgumentException("topic " + topic + " is in none of the lanes of " + consumer);
    }
}
