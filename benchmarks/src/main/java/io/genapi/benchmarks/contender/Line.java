package io.genapi.benchmarks.contender;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What a contender's process tells: a word and numbers. */
sealed interface Line {

    String text();

    /** Jobs that have ended, and that run. */
    record Progress(long ended, int inFlight) implements Line {
        private static final String WORD = "progress";

        @Override
        public String text() {
            return Line.join(WORD, ended, inFlight);
        }
    }

    /** The last line. */
    record Result(Figures figures) implements Line {
        private static final String WORD = "figures";

        @Override
        public String text() {
            Window window = figures.window();
            Footprint footprint = figures.footprint();
            return Line.join(
                    WORD,
                    window.jobs(),
                    window.elapsed().toNanos(),
                    window.cpu().toNanos(),
                    figures.whole().toNanos(),
                    figures.mostInFlight(),
                    footprint.heapBytes(),
                    footprint.residentBytes(),
                    footprint.platformThreads());
        }
    }

    /** @throws IllegalArgumentException if no contender wrote it */
    static Line parse(String text) {
        String[] words = text.split(" ");
        long[] numbers = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
        return switch (words[0]) {
            case Progress.WORD -> new Progress(numbers[0], (int) numbers[1]);
            case Result.WORD ->
                new Result(new Figures(
                        new Window(numbers[0], Duration.ofNanos(numbers[1]), Duration.ofNanos(numbers[2])),
                        Duration.ofNanos(numbers[3]),
                        (int) numbers[4],
                        new Footprint(numbers[5], numbers[6], (int) numbers[7])));
            default -> throw new IllegalArgumentException("a contender said: " + text);
        };
    }

    private static String join(String word, long... numbers) {
        return word + " " + LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }
}
