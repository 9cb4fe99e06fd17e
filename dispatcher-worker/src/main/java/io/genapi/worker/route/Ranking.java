package io.genapi.worker.route;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The order in which candidates are asked, by strategy. Thread-safe if its dice are. */
final class Ranking {

    private final Speeds speeds;
    private final RandomGenerator random;

    Ranking(Speeds speeds, RandomGenerator random) {
        this.speeds = speeds;
        this.random = random;
    }

    List<Candidate> of(Strategy strategy, List<Candidate> candidates) {
        return switch (strategy) {
            case EVEN -> shuffled(candidates);
            case WEIGHTED -> byWeight(candidates);
            case FALLBACK -> candidates;
            case FASTEST -> speeds.fastestFirst(shuffled(candidates));
        };
    }

    private List<Candidate> shuffled(List<Candidate> candidates) {
        List<Candidate> shuffled = new ArrayList<>(candidates);
        // Not Collections.shuffle, which wants another kind of dice.
        for (int next = 0; next < shuffled.size() - 1; next++) {
            Collections.swap(shuffled, next, next + random.nextInt(shuffled.size() - next));
        }
        return shuffled;
    }

    /**
     * Each comes first as often as its weight says, and so on with those that are left: the order of exponential waiting
     * times whose rates are the weights (<a href="https://doi.org/10.1016/j.ipl.2005.11.003">Efraimidis, Spirakis</a>).
     */
    private List<Candidate> byWeight(List<Candidate> candidates) {
        Map<Candidate, Double> waits = new HashMap<>();
        candidates.forEach(each -> waits.put(each, -Math.log(1 - random.nextDouble()) / each.weight()));
        return candidates.stream().sorted(Comparator.comparing(waits::get)).toList();
    }
}
