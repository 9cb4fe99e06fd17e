package io.genapi.simulator.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

    @Test
    void aLogNormalLatencyHasTheMeanThatWasAsked() {
        Latency latency = LatencyNotation.parse("lognormal:mean=2s,sigma=0.5");
        SplittableRandom random = new SplittableRandom(42);
        double mean = Stream.generate(() -> latency.sample(random))
                .limit(100_000)
                .mapToLong(Duration::toNanos)
                .average()
                .orElseThrow();
        assertEquals(2e9, mean, 0.02e9);
    }

    @Test
    void aUniformLatencyStaysWithinItsBounds() {
        Latency latency = LatencyNotation.parse("uniform:min=1ms,max=2ms");
        SplittableRandom random = new SplittableRandom(42);
        for (int count = 0; count < 1_000; count++) {
            long nanos = latency.sample(random).toNanos();
            assertTrue(nanos >= 1_000_000 && nanos <= 2_000_000);
        }
    }

    @Test
    void aFatTailEndsAtAnHour() {
        Latency latency = Latency.logNormal(Duration.ofHours(1), 5);
        SplittableRandom random = new SplittableRandom(42);
        for (int count = 0; count < 1_000; count++) {
            assertTrue(latency.sample(random).compareTo(Latency.LONGEST) <= 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "2s", "fixed:1.5m", "uniform:min=0,max=250ms", "lognormal:sigma=0.5,mean=2s"})
    void whatItPrintsItReadsBack(String text) {
        Latency latency = LatencyNotation.parse(text);
        assertEquals(latency, LatencyNotation.parse(latency.notation()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "-1s",
                "two",
                "2h",
                "fixed:",
                "normal:mean=1s",
                "uniform:min=2s,max=1s",
                "uniform:min=1s",
                "lognormal:mean=1s,sigma=9",
                "lognormal:mean=1s,sigma=NaN",
                "lognormal:mean=1s,sigma=x",
                "lognormal:mean=1s,mean=1s,sigma=1",
                "lognormal:mean=1s,sigma=1,mode=2"
            })
    void refusesWhatIsNoLatency(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> LatencyNotation.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("latency"), refused.getMessage());
    }
}
