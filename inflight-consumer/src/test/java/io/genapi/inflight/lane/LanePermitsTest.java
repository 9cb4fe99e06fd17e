package io.genapi.inflight.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanePermitsTest {

    private static final int PRIORITY = 0;
    private static final int DEFAULT = 1;
    private static final int FLEX = 2;

    /** Of ten permits three are priority's own, four are default's and lent, two are flex's, one is nobody's. */
    private static final List<Lane> LANES =
            List.of(Lane.of("priority", 3, "p").withoutLending(), Lane.of("default", 4, "d"), Lane.of("flex", 2, "f"));

    private final LanePermits permits = new LanePermits(10, LANES);
    private final int[] waiting = new int[3];

    @Test
    void lendsWhatNobodyWantsButNothingOfALaneThatDoesNotLend() {
        waiting[FLEX] = 100;
        assertEquals(7, startAll());
        assertEquals(7, permits.running(FLEX));
    }

    @Test
    void startsRecordsOfALaneThatDoesNotLendAtOnce() {
        waiting[FLEX] = 100;
        startAll();
        waiting[PRIORITY] = 3;
        assertEquals(PRIORITY, next());
    }

    @Test
    void givesFreedPermitsToLanesBelowTheirShareFirst() {
        waiting[FLEX] = 100;
        startAll();
        waiting[DEFAULT] = 100;
        assertEquals(-1, next(), "nothing is taken away from what runs");
        for (int freed = 0; freed < 4; freed++) {
            permits.ended(FLEX);
            assertEquals(DEFAULT, start());
        }
        permits.ended(FLEX);
        assertEquals(FLEX, start(), "default has its share; what is left is borrowed in turn");
    }

    @Test
    void lendsBackWhatALaneNoLongerWants() {
        waiting[DEFAULT] = 1;
        waiting[FLEX] = 100;
        startAll();
        assertEquals(1, permits.running(DEFAULT));
        assertEquals(6, permits.running(FLEX));
        permits.ended(DEFAULT);
        assertEquals(FLEX, start());
    }

    @Test
    void borrowsInTurn() {
        waiting[PRIORITY] = 100;
        waiting[DEFAULT] = 100;
        LanePermits equal = new LanePermits(6, List.of(Lane.of("a", 0, "a"), Lane.of("b", 0, "b")));
        for (int start = 0; start < 6; start++) {
            equal.started(equal.next(_ -> 100));
        }
        assertEquals(3, equal.running(0));
        assertEquals(3, equal.running(1));
    }

    @Test
    void wantsMoreOfALaneBelowItsShareThoughAllPermitsAreLent() {
        waiting[FLEX] = 100;
        startAll();
        assertTrue(permits.wantsMore(DEFAULT, lane -> waiting[lane]));
        assertFalse(permits.wantsMore(FLEX, lane -> waiting[lane]));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsItsPromisesWhateverHappens(long seed) {
        RandomGenerator random = new Random(seed);
        List<Lane> lanes = new ArrayList<>();
        int shares = 0;
        for (int lane = 0; lane <= random.nextInt(4); lane++) {
            int share = random.nextInt(5);
            shares += share;
            Lane lending = Lane.of("lane" + lane, share, "topic" + lane);
            lanes.add(random.nextBoolean() ? lending : lending.withoutLending());
        }
        int inAll = Math.max(1, shares + random.nextInt(5));
        LanePermits some = new LanePermits(inAll, lanes);
        int[] demand = new int[lanes.size()];
        for (int step = 0; step < 20_000; step++) {
            int lane = random.nextInt(lanes.size());
            switch (random.nextInt(3)) {
                case 0 -> demand[lane] += random.nextInt(4);
                case 1 -> {
                    if (some.running(lane) > 0) {
                        some.ended(lane);
                    }
                }
                default -> startAndCheck(some, inAll, lanes, demand);
            }
        }
    }

    private static void startAndCheck(LanePermits permits, int inAll, List<Lane> lanes, int[] demand) {
        int next = permits.next(lane -> demand[lane]);
        int runningInAll = 0;
        int unlent = 0;
        boolean somebodyBelowShare = false;
        for (int lane = 0; lane < lanes.size(); lane++) {
            int unused = Math.max(0, lanes.get(lane).share() - permits.running(lane));
            runningInAll += permits.running(lane);
            unlent += lanes.get(lane).lends() || lane == next ? 0 : unused;
            boolean below = unused > 0 && demand[lane] > 0;
            somebodyBelowShare |= below;
            if (below && !lanes.get(lane).lends()) {
                assertTrue(next >= 0, "a share that is not lent is there at once");
            }
        }
        if (next < 0) {
            return;
        }
        assertTrue(demand[next] > 0);
        assertTrue(runningInAll + unlent < inAll, "nobody takes what is not lent");
        if (permits.running(next) >= lanes.get(next).share()) {
            assertFalse(somebodyBelowShare, "nobody borrows while somebody waits below its share");
        }
        demand[next]--;
        permits.started(next);
    }

    @Test
    void saysWhatIsWrongWithLanes() {
        assertMessage("more than", 8, LANES, "9 in all", "maxInFlight is 8");
        assertMessage("twice", 10, List.of(Lane.of("a", 1, "x"), Lane.of("a", 1, "y")), "lane a");
        assertMessage("both", 10, List.of(Lane.of("a", 1, "x"), Lane.of("b", 1, "x")), "topic x", "a and b");
        assertMessage("none", 10, List.of(), "lanes is empty");
        assertThrows(IllegalArgumentException.class, () -> Lane.of("a", 1));
        assertThrows(IllegalArgumentException.class, () -> Lane.of("a", -1, "x"));
    }

    private static void assertMessage(String what, int inAll, List<Lane> lanes, String... parts) {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> new LanePermits(inAll, lanes), what)
                        .getMessage());
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private int next() {
        return permits.next(lane -> waiting[lane]);
    }

    private int start() {
        int lane = next();
        waiting[lane]--;
        permits.started(lane);
        return lane;
    }

    private int startAll() {
        int count = 0;
        while (next() >= 0) {
            start();
            count++;
        }
        return count;
    }

    @Test
    void takesALaneMoreWhileOthersRun() {
        waiting[FLEX] = 100;
        assertEquals(7, startAll());
        permits.add(Lane.of("late", 1, "l"));
        assertEquals(-1, permits.next(lane -> lane == 3 ? 1 : 0), "three are priority's own");
        permits.ended(FLEX);
        assertEquals(3, permits.next(lane -> lane == 3 || lane == FLEX ? 1 : 0), "it is below its share");
        permits.started(3);
        assertEquals(1, permits.running(3));
    }

    @Test
    void refusesALaneMoreThatBreaksTheRules() {
        assertThrows(IllegalArgumentException.class, () -> permits.add(Lane.of("flex", 0, "other")));
        assertThrows(IllegalArgumentException.class, () -> permits.add(Lane.of("other", 2, "o")));
    }
}
