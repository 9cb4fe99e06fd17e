package io.genapi.inflight.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random lives of a partition whose log is cut off under new leaders, and whose owners hand over what they run. */
class OffsetWindowOwnersModelTest {

    private static final int LIVES = Integer.getInteger("inflight.model.lives", 500);
    private static final int STEPS = 1_500;

    @Test
    void tellsWhatIsFinishedWhatRunsElsewhereAndWhatIsNew() {
        for (long seed = 1; seed <= LIVES; seed++) {
            try {
                new Life(seed).live();
            } catch (AssertionError | RuntimeException failure) {
                fail("seed " + seed, failure);
            }
        }
    }

    /** Each is itself: one that replaces it after a truncation is another one. */
    private static final class Item {
        private final long offset;
        private final int epoch;

        Item(long offset, int epoch) {
            this.offset = offset;
            this.epoch = epoch;
        }

        @Override
        public String toString() {
            return offset + "/" + epoch;
        }
    }

    /** The model is a few sets of items; nothing in it is compressed, cut or inferred. */
    private static final class Life {

        private final SplittableRandom random;
        private final boolean gaps;
        private final List<Item> log = new ArrayList<>();
        private final Set<Item> finished = new HashSet<>();
        private int epoch;
        private long end;

        private OffsetWindow window = OffsetWindow.from(Progress.upTo(0));
        private int position;
        private final Deque<Item> held = new ArrayDeque<>();
        private final List<Item> running = new ArrayList<>();
        private final List<Item> waiting = new ArrayList<>();
        private Set<Item> known = new HashSet<>();
        private Set<Item> reserved = new HashSet<>();
        private Instant reservedUntil = Instant.EPOCH;

        Life(long seed) {
            random = new SplittableRandom(seed);
            gaps = random.nextBoolean();
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(100)) {
                    case 0 -> changeOwner();
                    case 1 -> cutOff();
                    case 2 -> epoch++;
                    case 3, 4, 5, 6 -> commit();
                    default -> {
                        switch (random.nextInt(4)) {
                            case 0 -> write();
                            case 1 -> arrive();
                            case 2 -> start();
                            default -> finish();
                        }
                    }
                }
            }
        }

        private void write() {
            for (int count = random.nextInt(4); count > 0; count--) {
                log.add(new Item(end, epoch));
                end += gaps && random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 1;
            }
        }

        private void arrive() {
            for (int count = random.nextInt(8); count > 0 && position < log.size(); count--) {
                arriveOne();
            }
        }

        private void arriveOne() {
            Item item = log.get(position++);
            Arrival arrival = window.arrived(item.offset, OptionalInt.of(item.epoch));
            assertEquals(known.contains(item), arrival == Arrival.ALREADY_FINISHED, () -> arrival + " of " + item);
            switch (arrival) {
                case FRESH -> {
                    assertFalse(reserved.contains(item), () -> item + " runs elsewhere");
                    held.add(item);
                }
                case HANDED_OVER -> {
                    assertTrue(reserved.contains(item), () -> item + " runs nowhere else");
                    waiting.add(item);
                }
                case ALREADY_FINISHED -> {}
            }
        }

        private void start() {
            for (int count = random.nextInt(6); count > 0 && !held.isEmpty(); count--) {
                Item item = held.remove();
                window.started(item.offset);
                running.add(item);
            }
            if (!waiting.isEmpty() && random.nextInt(10) == 0) {
                running.add(waiting.remove(random.nextInt(waiting.size())));
            }
        }

        private void finish() {
            for (int count = random.nextInt(6); count > 0 && !running.isEmpty(); count--) {
                Item item = running.remove(random.nextInt(running.size()));
                assertTrue(window.finished(item.offset));
                finished.add(item);
            }
        }

        private Progress commit() {
            Progress progress = window.progress();
            check(progress);
            return progress;
        }

        /** Every item is named as finished, or it is not finished as far as this owner knows. */
        private void check(Progress progress) {
            for (Item item : log) {
                boolean named = item.offset < progress.offset()
                        || (item.epoch <= progress.leaderEpoch().orElse(-1)
                                && progress.finished().stream().anyMatch(range -> range.contains(item.offset)));
                boolean read = log.indexOf(item) < position;
                assertEquals(
                        known.contains(item) || (read && finished.contains(item)),
                        named,
                        () -> item + " in " + progress);
            }
            window.precedingEpoch().ifPresent(told -> checkEpoch(told, progress.offset()));
        }

        /** Later than no record to come, or a truncation would go unnoticed, and older than none before it (KIP-320). */
        private void checkEpoch(int told, long offset) {
            assertTrue(told <= epoch);
            for (Item item : log.subList(0, position)) {
                assertTrue(item.offset >= offset || item.epoch <= told, () -> told + " is older than " + item);
            }
        }

        private void changeOwner() {
            boolean handsOver = random.nextBoolean();
            Progress progress = commit();
            if (handsOver && !running.isEmpty()) {
                reservedUntil = reservedUntil.plusSeconds(random.nextInt(3));
                progress = window.handOver(
                        reservedUntil, offset -> running.stream().anyMatch(item -> item.offset == offset));
                reserved.addAll(running);
            }
            reserved.removeAll(finished);
            assertTrue(reserved.isEmpty() || progress.lease().isPresent(), () -> "no lease for " + reserved);
            assertTrue(progress.lease()
                    .filter(lease -> lease.until().isBefore(reservedUntil))
                    .isEmpty());
            OptionalInt preceding = window.precedingEpoch();
            take(progress, preceding);
        }

        private void take(Progress progress, OptionalInt preceding) {
            Progress read = switch (OffsetMapCodec.decode(progress.offset(), OffsetMapCodec.encode(progress))) {
                case DecodedMetadata.Known(Progress back) -> back;
                case DecodedMetadata.Absent() -> Progress.upTo(progress.offset());
                case DecodedMetadata.Unreadable(String reason) -> throw new AssertionError(reason);
            };
            assertEquals(progress.finished(), read.finished());
            assertEquals(progress.lease(), read.lease());
            window = OffsetWindow.from(read);
            preceding.ifPresent(window::precededBy);
            known.addAll(
                    log.subList(0, position).stream().filter(finished::contains).toList());
            held.clear();
            running.clear();
            waiting.clear();
            position = 0;
            while (position < log.size() && log.get(position).offset < progress.offset()) {
                position++;
            }
        }

        /** The new leader's log ends somewhere in what was read, or before it, and goes on otherwise. */
        private void cutOff() {
            if (log.isEmpty()) {
                return;
            }
            int kept = Math.max(0, log.size() - 1 - random.nextInt(20));
            long from = log.get(kept).offset;
            List<Item> lost = List.copyOf(log.subList(kept, log.size()));
            log.subList(kept, log.size()).clear();
            position = Math.min(position, kept);
            end = from;
            epoch++;
            log.add(new Item(end++, epoch));
            held.removeAll(lost);
            running.removeAll(lost);
            waiting.removeAll(lost);
            known.removeAll(lost);
            reserved.removeAll(lost);
            if (window.isRewind(from)) {
                window.rewind(from);
                position = kept;
                arriveOne();
            }
        }
    }
}
