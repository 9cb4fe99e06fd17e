package io.genapi.inflight.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What members said to one another when partitions were claimed, and which repeats that rules out. */
final class Answers {

    /**
     * @param tenure when the claimant's began
     * @param given when the one that was asked answered
     * @param inTime whether the claimant still waited for it
     * @param until when the claimant may run what it was told of
     */
    private record Answer(
            String claimant,
            String asked,
            TopicPartition partition,
            long tenure,
            long given,
            boolean inTime,
            Instant until) {}

    /** Everybody had answered then. */
    private record Round(String claimant, TopicPartition partition, long tenure, long ended) {}

    private final List<Answer> all = new ArrayList<>();
    private final List<Round> rounds = new ArrayList<>();

    /** When processes died, by name. */
    private final Map<String, Long> deaths = new HashMap<>();

    void add(String claimant, String asked, Tenure tenure, long given, boolean inTime, Instant until) {
        all.add(new Answer(claimant, asked, tenure.partition, tenure.began, given, inTime, until));
    }

    void addRound(String claimant, Tenure tenure, long ended) {
        rounds.add(new Round(claimant, tenure.partition, tenure.began, ended));
    }

    void died(String process, long when) {
        deaths.put(process, when);
    }

    /** Whether the second one could know that nobody had the record in hand any more. */
    boolean released(Run earlier, Run now, Tenure tenure) {
        boolean givenBack = earlier.end != Run.End.FINISHED;
        long free = Math.min(
                givenBack ? earlier.ended : Long.MAX_VALUE, deaths.getOrDefault(earlier.process, Long.MAX_VALUE));
        return rounds.stream()
                .anyMatch(round -> round.claimant().equals(now.process)
                        && round.partition().equals(tenure.partition)
                        && round.tenure() == tenure.began
                        && free < round.ended()
                        && round.ended() < now.began);
    }

    /** Whether the second one knew of the first, and had to leave it alone. */
    boolean told(Run earlier, Run now, Tenure tenure) {
        return !released(earlier, now, tenure)
                && all.stream()
                        .anyMatch(answer -> answer.inTime()
                                && answer.claimant().equals(now.process)
                                && answer.asked().equals(earlier.process)
                                && answer.partition().equals(tenure.partition)
                                && answer.tenure() == tenure.began
                                && earlier.began < answer.given()
                                && answer.given() < now.began
                                && (earlier.ended > answer.given() || earlier.end == Run.End.FINISHED)
                                && (now.at.isBefore(answer.until()) || !(now.asked || !now.entry.readable())));
    }

    /** Whether the first one had claimed the partition, so that the second one had no right to start any more. */
    boolean fenced(Run earlier, Run now, Tenure earliersTenure, Tenure nowsTenure) {
        return earliersTenure.began > nowsTenure.began
                && all.stream()
                        .anyMatch(answer -> answer.claimant().equals(earlier.process)
                                && answer.asked().equals(now.process)
                                && answer.partition().equals(nowsTenure.partition)
                                && answer.tenure() == earliersTenure.began
                                && answer.given() < now.began);
    }
}
