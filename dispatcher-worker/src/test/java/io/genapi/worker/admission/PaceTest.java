package io.genapi.worker.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.simulator.ratelimit.RequestBudget;
import io.genapi.worker.Admissions;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final Destination NORTH = Admissions.destination("north", "small");
    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration LATENCY = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();

    private record Running(Permit permit, Instant endsAt, boolean granted) {}

    /** As many jobs as the vendor could ever take, against the limiter of the simulated vendor, in simulated time. */
    @ParameterizedTest
    @ValueSource(ints = {12, 60, 600, 30_000})
    void settlesAtWhatTheVendorAllowsAndIsHardlyEverRefused(int perMinute) {
        RequestBudget vendor = new RequestBudget(
                () -> Duration.between(Instant.EPOCH, time.instant()).toNanos());
        int workers = 3;
        List<Admission> admissions = new ArrayList<>();
        List<Queue<Running>> running = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            admissions.add(Admissions.of(4_000, time, Admissions.silent(() -> workers), Dice.lowest()));
            running.add(new ArrayDeque<>());
        }
        long granted = 0;
        long refused = 0;
        RateLimits limits = new RateLimits(OptionalLong.of(perMinute), OptionalLong.empty());
        admissions.forEach(each -> each.told(NORTH, limits));
        Duration settling = Duration.ofMinutes(2);
        Duration measured = Duration.ofMinutes(10);
        Instant from = time.instant().plus(settling);
        Instant end = from.plus(measured);
        while (time.instant().isBefore(end)) {
            for (int worker = 0; worker < workers; worker++) {
                Admission admission = admissions.get(worker);
                Queue<Running> calls = running.get(worker);
                while (!calls.isEmpty() && !calls.peek().endsAt().isAfter(time.instant())) {
                    Running over = calls.remove();
                    over.permit()
                            .ended(
                                    over.granted()
                                            ? new Completed(Samples.completion())
                                            : new Refused(429, Optional.of(Duration.ofSeconds(1)), Optional.empty()),
                                    LATENCY);
                }
                for (Optional<Permit> permit = admission.admit(NORTH, false);
                        permit.isPresent();
                        permit = admission.admit(NORTH, false)) {
                    boolean taken = vendor.take(OptionalInt.of(perMinute)).granted();
                    calls.add(new Running(permit.get(), time.instant().plus(LATENCY), taken));
                    if (!time.instant().isBefore(from)) {
                        granted += taken ? 1 : 0;
                        refused += taken ? 0 : 1;
                    }
                }
            }
            time.pass(STEP);
        }
        double rate = granted / (double) measured.toMinutes();
        assertTrue(rate >= 0.95 * perMinute, rate + " calls a minute of " + perMinute);
        assertTrue(refused <= 0.01 * (granted + refused), refused + " of " + (granted + refused) + " refused");
    }

    @Test
    void tokensThatACallTookAreWaitedForAfterwards() {
        Admission admission = Admissions.of(time);
        admission.declare(NORTH.account(), new RateLimits(OptionalLong.empty(), OptionalLong.of(6_000)));
        Permit permit = admission.admit(NORTH, false).orElseThrow();
        ChatCompletion large = ChatCompletion.read(
                        Samples.utf8("{\"choices\":[],\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":200}}"))
                .orElseThrow();
        permit.ended(new Completed(large), LATENCY);
        assertEquals(0, admission.room(NORTH), "a second's worth was there, eleven were taken");
        assertTrue(admission.standing(NORTH).nextCall().isAfter(time.instant()));
        time.pass(Duration.ofSeconds(9));
        assertEquals(0, admission.room(NORTH));
        time.pass(Duration.ofSeconds(2));
        assertTrue(admission.room(NORTH) > 0);
    }

    @Test
    void keepsToTheStricterOfWhatIsDeclaredAndWhatIsTold() {
        Admission admission = Admissions.of(time);
        admission.declare(NORTH.account(), new RateLimits(OptionalLong.of(120), OptionalLong.empty()));
        admission.told(NORTH, new RateLimits(OptionalLong.of(60_000), OptionalLong.empty()));
        assertEquals(2, admission.room(NORTH));
        admission.told(NORTH, new RateLimits(OptionalLong.of(60), OptionalLong.empty()));
        assertEquals(1, admission.room(NORTH));
    }

    @Test
    void eachModelOfAKeyKeepsToTheLimitsThatItWasToldItself() {
        Destination large = Admissions.destination("north", "large");
        Admission admission = Admissions.of(time);
        RateLimits few = new RateLimits(OptionalLong.of(60), OptionalLong.empty());
        RateLimits many = new RateLimits(OptionalLong.of(600), OptionalLong.empty());
        for (int answer = 0; answer < 3; answer++) {
            admission.told(NORTH, few);
            admission.told(large, many);
            admission.admit(NORTH, false);
        }
        assertEquals(0, admission.room(NORTH), "what the other was told brings nothing back");
        assertEquals(10, admission.room(large));
    }

    @Test
    void sharesALimitWithWorkersThatComeLater() {
        int[] workers = {1};
        Admission admission = Admissions.of(4_000, time, Admissions.silent(() -> workers[0]), Dice.lowest());
        admission.declare(NORTH.account(), new RateLimits(OptionalLong.of(600), OptionalLong.empty()));
        assertEquals(10, admission.room(NORTH));
        workers[0] = 5;
        time.pass(Duration.ofSeconds(1));
        assertEquals(2, admission.room(NORTH));
    }
}
