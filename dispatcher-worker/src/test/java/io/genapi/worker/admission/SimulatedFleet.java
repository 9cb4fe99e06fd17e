package io.genapi.worker.admission;

import io.genapi.schemas.control.Sighting;
import io.genapi.schemas.control.Sighting.Finding;
import io.genapi.worker.Admissions;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/** Workers that call one vendor at an even pace each, and tell each other what they find, in simulated time. */
final class SimulatedFleet {

    private static final Destination NORTH = Admissions.destination("north", "small");
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration FAILS_AFTER = Duration.ofMillis(20);
    private static final Duration WORD_TAKES = Duration.ofMillis(50);
    private static final VendorOutcome COMPLETED = new Completed(Samples.completion());
    private static final VendorOutcome GONE = new Unreachable("gone");

    private final VirtualTime time = new VirtualTime();
    private final List<Worker> workers = new ArrayList<>();
    private final Queue<Word> words = new ArrayDeque<>();
    private final boolean sharing;
    private boolean vendorIsThere = true;

    private record Word(Instant arrives, int teller, Sighting sighting) {}

    private record Call(Permit permit, Instant ends, VendorOutcome outcome) {}

    /** @param everyMillis how often each has a call to make; their turns are spread evenly */
    SimulatedFleet(int size, int everyMillis, boolean sharing) {
        this.sharing = sharing;
        for (int number = 0; number < size; number++) {
            workers.add(new Worker(number, everyMillis, everyMillis * number / size, size));
        }
    }

    /** One of them; what it counts begins anew with {@link #countAnew()}. */
    final class Worker implements Colleagues {

        private final int number;
        private final int size;
        private final Duration every;
        private final Admission admission;
        private final Queue<Call> calls = new ArrayDeque<>();
        private Instant next;
        private boolean cutOff;
        int served;
        int failed;
        int turnedAway;

        private Worker(int number, int everyMillis, int firstMillis, int size) {
            this.number = number;
            this.size = size;
            every = Duration.ofMillis(everyMillis);
            next = time.instant().plusMillis(firstMillis);
            admission = Admissions.of(100, time, this, new SplittableRandom(number));
            admission.serve(java.util.Set.of(NORTH));
        }

        /** Its network breaks: the vendor is not to blame. */
        void cutOff() {
            cutOff = true;
        }

        @Override
        public int workers() {
            return size;
        }

        @Override
        public void tell(Account account, Instant at, Finding finding) {
            if (sharing) {
                words.add(new Word(
                        time.instant().plus(WORD_TAKES),
                        number,
                        new Sighting("worker " + number, at, account.vendor(), account.key(), finding)));
            }
        }

        private void step() {
            Instant now = time.instant();
            for (Iterator<Call> each = calls.iterator(); each.hasNext(); ) {
                Call call = each.next();
                if (!call.ends().isAfter(now)) {
                    each.remove();
                    boolean done = call.outcome() instanceof Completed;
                    served += done ? 1 : 0;
                    failed += done ? 0 : 1;
                    call.permit().ended(call.outcome(), LATENCY);
                }
            }
            if (!next.isAfter(now)) {
                next = next.plus(every);
                admission
                        .admit(NORTH, false)
                        .ifPresentOrElse(permit -> calls.add(call(permit, now)), () -> turnedAway++);
            }
        }

        private Call call(Permit permit, Instant now) {
            return vendorIsThere && !cutOff
                    ? new Call(permit, now.plus(LATENCY), COMPLETED)
                    : new Call(permit, now.plus(FAILS_AFTER), GONE);
        }
    }

    List<Worker> workers() {
        return workers;
    }

    void vendorIsThere(boolean there) {
        vendorIsThere = there;
    }

    void run(Duration duration) {
        Instant end = time.instant().plus(duration);
        while (time.instant().isBefore(end)) {
            time.pass(STEP);
            while (!words.isEmpty() && !words.element().arrives().isAfter(time.instant())) {
                Word word = words.remove();
                workers.stream()
                        .filter(worker -> worker.number != word.teller())
                        .forEach(worker -> worker.admission.hear(word.sighting()));
            }
            workers.forEach(Worker::step);
        }
    }

    void countAnew() {
        workers.forEach(worker -> {
            worker.served = 0;
            worker.failed = 0;
            worker.turnedAway = 0;
        });
    }

    int failed() {
        return workers.stream().mapToInt(worker -> worker.failed).sum();
    }

    int turnedAway() {
        return workers.stream().mapToInt(worker -> worker.turnedAway).sum();
    }
}
