package io.genapi.inflight.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * The group's coordinator, as of KIP-848: a partition gets free when its owner has acknowledged that it gave it up, or
 * is thrown out, and only then goes to the next one. Each change of what a member owns gives it another epoch.
 */
final class SimulatedGroup {

    /** What a member is to own, what it owns, and by which epoch its commits are known. */
    private static final class Membership {
        private List<TopicPartition> target = List.of();
        private final List<TopicPartition> owned = new ArrayList<>();
        private int epoch;
    }

    private final List<TopicPartition> partitions;
    private final Dice dice;
    private final Map<String, Membership> members = new LinkedHashMap<>();
    private int epochs;

    SimulatedGroup(List<TopicPartition> partitions, Dice dice) {
        this.partitions = partitions;
        this.dice = dice;
    }

    void join(String member) {
        Membership joined = new Membership();
        joined.epoch = ++epochs;
        members.put(member, joined);
        rebalance();
    }

    /** It left, or its session has ended. */
    void remove(String member) {
        if (members.remove(member) != null) {
            rebalance();
        }
    }

    /** Deals the partitions out anew, evenly and at random. */
    void rebalance() {
        List<Membership> all = List.copyOf(members.values());
        List<List<TopicPartition>> targets = new ArrayList<>();
        all.forEach(_ -> targets.add(new ArrayList<>()));
        int shift = all.isEmpty() ? 0 : dice.below(all.size());
        for (int place = 0; place < partitions.size() && !all.isEmpty(); place++) {
            targets.get((place + shift) % all.size()).add(partitions.get(place));
        }
        for (int place = 0; place < all.size(); place++) {
            all.get(place).target = targets.get(place);
        }
    }

    boolean knows(String member) {
        return members.containsKey(member);
    }

    /** Whether a commit sent by that member under that epoch still counts. */
    boolean accepts(String member, int epoch) {
        Membership known = members.get(member);
        return known != null && known.epoch == epoch;
    }

    int epoch(String member) {
        Membership known = members.get(member);
        return known == null ? -1 : known.epoch;
    }

    List<TopicPartition> toGiveUp(String member) {
        Membership known = membership(member);
        return known.owned.stream()
                .filter(partition -> !known.target.contains(partition))
                .toList();
    }

    List<TopicPartition> toTake(String member) {
        return membership(member).target.stream()
                .filter(partition -> members.values().stream().noneMatch(any -> any.owned.contains(partition)))
                .toList();
    }

    void gaveUp(String member, List<TopicPartition> given) {
        Membership known = membership(member);
        known.owned.removeAll(given);
        known.epoch = ++epochs;
    }

    void took(String member, List<TopicPartition> taken) {
        Membership known = membership(member);
        known.owned.addAll(taken);
        known.epoch = ++epochs;
    }

    private Membership membership(String member) {
        return Objects.requireNonNull(members.get(member), () -> member + " is no member");
    }
}
