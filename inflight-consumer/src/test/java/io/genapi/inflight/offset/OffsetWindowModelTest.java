package io.genapi.inflight.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a partition: read, start or pass over, finish in any order, set aside, commit, and move to another
 * owner, with and without a hand-over, or crash.
 */
class OffsetWindowModelTest {

    private static final int LIVES = Integer.getInteger("inflight.model.lives", 500);
    private static final int STEPS = 1_000;
    private static final int RECORDS = 5_000;

    @Test
    void neitherSkipsNorForgetsNorOutgrowsItsBudget() {
        int longestPart = 0;
        for (long seed = 1; seed <= LIVES; seed++) {
            try {
                Life life = new Life(seed);
                life.live();
                longestPart = Math.max(longestPart, life.longestPart);
            } catch (AssertionError | RuntimeException failure) {
                fail("seed " + seed, failure);
            }
        }
        assertTrue(longestPart > 40, "the maps came to no more than " + longestPart + " % of their budget");
    }

    /** One partition, its broker, and one owner after the other. The model is two sets of offsets. */
    private static final class Life {

        private final SplittableRandom random;
        private final List<Long> log = new ArrayList<>();
        private final Set<Long> finished = new HashSet<>();
        private final MetadataBudget budget;
        private final int maxRunning;

        private long committedOffset;
        private String committedMetadata = "";
        private int longestPart;
        private Set<Long> finishedAtCommit = Set.of();

        private OffsetWindow window = OffsetWindow.from(Progress.upTo(0));
        private int position;
        private final NavigableSet<Long> held = new TreeSet<>();
        private final List<Long> waiting = new ArrayList<>();
        private final List<Long> running = new ArrayList<>();

        /** How many of ten records that are read wait first. */
        private final int passedOver;

        /** Running at former owners. */
        private final Set<Long> promised = new HashSet<>();

        private Set<Long> promisedAtCommit = Set.of();

        Life(long seed) {
            // Neighbouring seeds of java.util.Random begin alike, and every life would be the same kind of life.
            random = new SplittableRandom(seed);
            budget = new MetadataBudget(128 << random.nextInt(4));
            maxRunning = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
            passedOver = random.nextBoolean() ? 0 : random.nextInt(10);
            boolean gaps = random.nextBoolean();
            long offset = 0;
            for (int record = 0; record < RECORDS; record++) {
                log.add(offset);
                offset += gaps && random.nextInt(4) == 0 ? 1 + random.nextInt(50) : 1;
            }
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(20)) {
                    case 0 -> commit();
                    case 1 -> {
                        if (random.nextInt(10) == 0) {
                            changeOwner();
                        }
                    }
                    case 2, 3, 4 -> {
                        read();
                        wake();
                    }
                    case 5 -> settle();
                    case 6, 7, 8, 9, 10, 11, 12 -> start();
                    default -> finish();
                }
            }
            finishEverything();
        }

        private void read() {
            int most = held.isEmpty() && waiting.size() < 200 ? random.nextInt(50) : 0;
            for (int count = most; count > 0 && position < log.size(); count--) {
                readOne();
            }
        }

        private void readOne() {
            long offset = log.get(position++);
            Arrival arrival = window.arrived(offset, OptionalInt.empty());
            Arrival expected = finishedAtCommit.contains(offset)
                    ? Arrival.ALREADY_FINISHED
                    : promisedAtCommit.contains(offset) ? Arrival.HANDED_OVER : Arrival.FRESH;
            assertEquals(expected, arrival, "offset " + offset);
            if (arrival == Arrival.HANDED_OVER) {
                promised.add(offset);
            } else if (arrival == Arrival.FRESH && random.nextInt(10) < passedOver) {
                waiting.add(offset);
            } else if (arrival == Arrival.FRESH) {
                held.add(offset);
            }
        }

        private void wake() {
            for (int count = random.nextInt(20); count > 0 && !waiting.isEmpty(); count--) {
                held.add(waiting.remove(random.nextInt(waiting.size())));
            }
        }

        /** A former owner keeps a promise, or some records that run are set aside. */
        private void settle() {
            if (!promised.isEmpty()) {
                long offset = promised.iterator().next();
                promised.remove(offset);
                assertTrue(window.finished(offset));
                finished.add(offset);
            } else if (!running.isEmpty() && random.nextInt(4) < passedOver) {
                waiting.add(running.remove(random.nextInt(running.size())));
            }
        }

        private void start() {
            for (int count = random.nextInt(30); count > 0 && startOne(); count--) {}
        }

        private boolean startOne() {
            Long first = held.isEmpty() ? null : held.first();
            if (first == null
                    || running.size() >= maxRunning
                    || !window.admits(budget, first, window.unfinishedCount() - held.size() + 1L)) {
                return false;
            }
            window.started(held.removeFirst());
            running.add(first);
            return true;
        }

        /** Scattered, with the oldest one mostly left over, so that the map grows as large as it can. */
        private void finish() {
            for (int count = random.nextInt(12); count > 0 && !running.isEmpty(); count--) {
                int spared = running.size() > 1 && random.nextInt(500) > 0 ? 1 : 0;
                long offset = running.remove(spared + random.nextInt(running.size() - spared));
                assertTrue(window.finished(offset));
                finished.add(offset);
            }
        }

        private void commit() {
            commit(window.progress(), promised);
        }

        private void handOver() {
            Set<Long> alsoRunning = new HashSet<>(promised);
            alsoRunning.addAll(running);
            commit(window.handOver(Instant.EPOCH, running::contains), alsoRunning);
        }

        private void commit(Progress progress, Set<Long> promisedNow) {
            assertTrue(progress.offset() >= committedOffset, "a regressed commit");
            for (long offset : log) {
                if (offset >= progress.offset()) {
                    break;
                }
                assertTrue(finished.contains(offset), "offset " + offset + " is skipped");
            }
            String metadata = OffsetMapCodec.encode(progress);
            assertTrue(metadata.length() <= budget.bytes(), metadata.length() + " characters");
            // What was promised and is not read yet stays promised.
            Set<Long> unread = new HashSet<>(promisedAtCommit);
            unread.removeIf(offset -> position < log.size() ? offset < log.get(position) : true);
            unread.addAll(promisedNow);
            committedOffset = progress.offset();
            committedMetadata = metadata;
            longestPart = Math.max(longestPart, metadata.length() * 100 / budget.bytes());
            finishedAtCommit = Set.copyOf(finished);
            promisedAtCommit = Set.copyOf(unread);
        }

        private void changeOwner() {
            switch (random.nextInt(3)) {
                case 0 -> commit();
                case 1 -> handOver();
                default -> finished.retainAll(finishedAtCommit);
            }
            Progress restored = switch (OffsetMapCodec.decode(committedOffset, committedMetadata)) {
                case DecodedMetadata.Known(Progress progress) -> progress;
                case DecodedMetadata.Absent() -> Progress.upTo(committedOffset);
                case DecodedMetadata.Unreadable(String reason) -> throw new AssertionError(reason);
            };
            window = OffsetWindow.from(restored);
            held.clear();
            waiting.clear();
            running.clear();
            promised.clear();
            position = 0;
            while (position < log.size() && log.get(position) < committedOffset) {
                position++;
            }
        }

        private void finishEverything() {
            while (position < log.size()
                    || !held.isEmpty()
                    || !waiting.isEmpty()
                    || !promised.isEmpty()
                    || !running.isEmpty()) {
                read();
                wake();
                settle();
                start();
                while (!running.isEmpty()) {
                    finish();
                }
            }
            commit();
            assertEquals(log.getLast() + 1, committedOffset);
            assertEquals("", committedMetadata);
            assertEquals(Set.copyOf(log), finished);
        }
    }
}
