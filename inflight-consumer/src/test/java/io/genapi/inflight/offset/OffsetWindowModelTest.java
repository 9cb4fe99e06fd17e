package io.genapi.inflight.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random lives of a partition: read, start, finish in any order, commit, and move to another owner or crash. */
class OffsetWindowModelTest {

    private static final int LIVES = Integer.getInteger("inflight.model.lives", 200);
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
        private final Deque<Long> held = new ArrayDeque<>();
        private final List<Long> running = new ArrayList<>();

        Life(long seed) {
            // Neighbouring seeds of java.util.Random begin alike, and every life would be the same kind of life.
            random = new SplittableRandom(seed);
            budget = new MetadataBudget(128 << random.nextInt(4));
            maxRunning = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
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
                    case 2, 3, 4 -> read();
                    case 5, 6, 7, 8, 9, 10, 11, 12 -> start();
                    default -> finish();
                }
            }
            finishEverything();
        }

        private void read() {
            int most = held.isEmpty() ? random.nextInt(50) : 0;
            for (int count = most; count > 0 && position < log.size(); count--) {
                readOne();
            }
        }

        private void readOne() {
            long offset = log.get(position++);
            Arrival arrival = window.arrived(offset, OptionalInt.empty());
            boolean expectedFinished = finishedAtCommit.contains(offset);
            assertEquals(expectedFinished ? Arrival.ALREADY_FINISHED : Arrival.FRESH, arrival, "offset " + offset);
            if (arrival == Arrival.FRESH) {
                held.add(offset);
            }
        }

        private void start() {
            for (int count = random.nextInt(30); count > 0 && startOne(); count--) {}
        }

        private boolean startOne() {
            Long first = held.peek();
            if (first == null
                    || running.size() >= maxRunning
                    || !window.admits(budget, first, window.unfinishedCount() - held.size() + 1L)) {
                return false;
            }
            window.started(held.remove());
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
            Progress progress = window.progress();
            assertTrue(progress.offset() >= committedOffset, "a regressed commit");
            for (long offset : log) {
                if (offset >= progress.offset()) {
                    break;
                }
                assertTrue(finished.contains(offset), "offset " + offset + " is skipped");
            }
            String metadata = OffsetMapCodec.encode(progress);
            assertTrue(metadata.length() <= budget.bytes(), metadata.length() + " characters");
            assertTrue(OffsetMapCodec.encode(window.handOver(java.time.Instant.EPOCH, running::contains))
                            .length()
                    <= budget.bytes());
            committedOffset = progress.offset();
            committedMetadata = metadata;
            longestPart = Math.max(longestPart, metadata.length() * 100 / budget.bytes());
            finishedAtCommit = Set.copyOf(finished);
        }

        private void changeOwner() {
            if (random.nextBoolean()) {
                commit();
            } else {
                finished.retainAll(finishedAtCommit);
            }
            Progress restored = switch (OffsetMapCodec.decode(committedOffset, committedMetadata)) {
                case DecodedMetadata.Known(Progress progress) -> progress;
                case DecodedMetadata.Absent() -> Progress.upTo(committedOffset);
                case DecodedMetadata.Unreadable(String reason) -> throw new AssertionError(reason);
            };
            window = OffsetWindow.from(restored);
            held.clear();
            running.clear();
            position = 0;
            while (position < log.size() && log.get(position) < committedOffset) {
                position++;
            }
        }

        private void finishEverything() {
            while (position < log.size() || !held.isEmpty() || !running.isEmpty()) {
                read();
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
