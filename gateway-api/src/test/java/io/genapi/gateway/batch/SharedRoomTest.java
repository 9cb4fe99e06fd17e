package io.genapi.gateway.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedRoomTest {

    private static final int RUNS = 16;

    private final SharedRoom room = new SharedRoom(1000, RUNS);

    private static boolean take(SharedRoom.Share share, long count) throws InterruptedException {
        return share.tryTake(count, Duration.ZERO);
    }

    private static int fill(SharedRoom.Share share) throws InterruptedException {
        int taken = 0;
        while (take(share, 1)) {
            taken++;
        }
        return taken;
    }

    @Test
    void givesHalfOfItToOneAlone() throws InterruptedException {
        assertEquals(500, fill(room.join()));
    }

    @Test
    void letsEveryRunGoOnWhateverTheOthersHoldOnTo() throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            taken.add(fill(room.join()));
        }

        assertTrue(taken.stream().allMatch(count -> count >= 1000 / (2 * RUNS)), taken::toString);
        assertTrue(taken.stream().mapToInt(Integer::intValue).sum() <= 1000, taken::toString);
    }

    @Test
    void givesWhatIsLargerThanAllToWhoHoldsNothing() throws InterruptedException {
        SharedRoom.Share large = room.join();

        assertTrue(take(large, 5000));
        assertFalse(take(large, 1));
        assertTrue(take(room.join(), 1), "another one goes on");
    }

    @Test
    void takesBackWhatIsGivenBackAndWhatARunLeaves() throws InterruptedException {
        SharedRoom.Share one = room.join();
        SharedRoom.Share other = room.join();
        fill(one);
        fill(other);
        one.giveBack(1);
        assertEquals(1, fill(one));

        other.close();
        one.giveBack(500);

        assertEquals(500, fill(one));
    }

    @Test
    void givesOneToEachOfMoreRunsThanThereIsRoomFor() throws InterruptedException {
        SharedRoom small = new SharedRoom(1, RUNS);

        assertEquals(1, fill(small.join()));
        assertEquals(1, fill(small.join()));
    }
}
