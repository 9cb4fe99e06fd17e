package io.genapi.worker.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Route;
import io.genapi.runtime.catalog.Strategy;
import io.genapi.schemas.job.ModelName;
import io.genapi.worker.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static final int PICKS = 100_000;

    /** Six combinations of vendor, credential and model; of the weights 1 and 5, two are halves. */
    private static final Route ROUTE =
            Samples.catalog("""
            vendors:
              a: { base-url: "https://a.example", credentials: { one: "env:VENDOR_KEY", two: "env:VENDOR_KEY" } }
              b: { base-url: "https://b.example" }
              c: { base-url: "https://c.example" }
            models:
              m:
                strategy: weighted
                candidates:
                  - { vendor: a, weight: 5 }
                  - { vendor: a, model: small }
                  - { vendor: b, weight: 5 }
                  - { vendor: c }
            """).route(new ModelName("m")).orElseThrow();

    private Instant now = Samples.NOW;
    private final Speeds speeds = new Speeds(() -> now);
    private final Ranking ranking = new Ranking(speeds, new SplittableRandom(42));

    @Test
    void ranksEveryCombinationFirstEquallyOften() {
        List<Candidate> candidates = ROUTE.candidates();
        assertEquals(6, candidates.size());
        assertFollows(candidates.stream().map(_ -> 1.0).toList(), Strategy.EVEN);
    }

    @Test
    void ranksEachFirstAsOftenAsItsWeightSays() {
        assertFollows(List.of(2.5, 2.5, 0.5, 0.5, 5.0, 1.0), Strategy.WEIGHTED);
    }

    /** Pearson's chi-square test; 20.5 is the 0.999 quantile for five degrees of freedom, and the dice are always the same. */
    private void assertFollows(List<Double> weights, Strategy strategy) {
        List<Candidate> candidates = ROUTE.candidates();
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        int[] counts = new int[candidates.size()];
        for (int pick = 0; pick < PICKS; pick++) {
            counts[candidates.indexOf(ranking.of(strategy, candidates).getFirst())]++;
        }
        double chiSquare = 0;
        for (int each = 0; each < counts.length; each++) {
            double expected = PICKS * weights.get(each) / sum;
            chiSquare += (counts[each] - expected) * (counts[each] - expected) / expected;
        }
        assertTrue(chiSquare < 20.5, "chi-square " + chiSquare);
    }

    @Test
    void asksTheOthersOnlyAfterTheFirstWhereTheyAreForFallback() {
        assertEquals(ROUTE.candidates(), ranking.of(Strategy.FALLBACK, ROUTE.candidates()));
    }

    @Test
    void ranksTheFastestFirstOnceAllAreKnown() {
        List<Candidate> candidates = ROUTE.candidates();
        for (int each = 0; each < candidates.size(); each++) {
            speeds.answered(candidates.get(each), Duration.ofMillis(100L * (candidates.size() - each)));
        }
        assertEquals(candidates.reversed(), ranking.of(Strategy.FASTEST, candidates));
        for (int call = 0; call < 20; call++) {
            speeds.answered(candidates.getLast(), Duration.ofSeconds(10));
        }
        assertEquals(
                candidates.getLast(), ranking.of(Strategy.FASTEST, candidates).getLast());
    }

    @Test
    void sendsOneJobToWhoeverHasNotAnsweredOfLate() {
        List<Candidate> two = ROUTE.candidates().subList(0, 2);
        Candidate known = two.getFirst();
        Candidate unknown = two.getLast();
        speeds.answered(known, Duration.ofMillis(1));
        assertEquals(unknown, ranking.of(Strategy.FASTEST, two).getFirst());
        assertEquals(known, ranking.of(Strategy.FASTEST, two).getFirst(), "one job is enough to find out");
        speeds.answered(unknown, Duration.ofSeconds(1));
        now = now.plusSeconds(59);
        speeds.answered(known, Duration.ofMillis(1));
        assertEquals(known, ranking.of(Strategy.FASTEST, two).getFirst());
        now = now.plusSeconds(2);
        assertEquals(unknown, ranking.of(Strategy.FASTEST, two).getFirst(), "what it did a minute ago says nothing");
    }
}
