package io.genapi.inflight.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private final List<Answer> all = new ArrayList<>();

    void add(String claimant, String asked, Tenure tenure, long given, boolean inTime, Instant until) {
        all.add(new Answer(claimant, asked, tenure.partition, tenure.began, given, inTime, until));
    }

    /** Whether the second one knew of the first, and had to leave it alone. */
    boolean told(Run earlier, Run now, Tenure tenure) {
        return all.stream()
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
