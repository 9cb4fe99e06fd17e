package io.genapi.schemas.job;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
    private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

    private final RandomGenerator random = new Random(1);

    @Test
    void isAUuidOfVersion7AndVariant2() {
        for (int round = 0; round < 10_000; round++) {
            Instant at = Instant.ofEpochMilli(random.nextLong(1L << 48));
            UUID uuid = uuid(JobId.mint(at, random));
            assertEquals(7, uuid.version());
            assertEquals(2, uuid.variant());
            assertEquals(at.toEpochMilli(), uuid.getMostSignificantBits() >>> 16);
        }
    }

    @Test
    void carriesTheRandomBitsOfItsGenerator() {
        UUID none = uuid(JobId.mint(Instant.EPOCH, () -> 0));
        UUID all = uuid(JobId.mint(Instant.EPOCH, () -> -1));
        assertEquals(UUID.fromString("00000000-0000-7000-8000-000000000000"), none);
        assertEquals(UUID.fromString("00000000-0000-7fff-bfff-ffffffffffff"), all);
    }

    @Test
    void sortsByTimeAlsoAsText() {
        List<JobId> byTime = new ArrayList<>();
        Instant at = NOW;
        for (int round = 0; round < 1_000; round++) {
            at = at.plusMillis(random.nextLong(1, 1L << (round % 30 + 1)));
            byTime.add(JobId.mint(at, random));
        }
        List<JobId> shuffled = new ArrayList<>(byTime);
        Collections.shuffle(shuffled, new Random(2));
        assertEquals(byTime, shuffled.stream().sorted().toList());
        assertEquals(
                byTime.stream().map(JobId::value).toList(),
                shuffled.stream().map(JobId::value).sorted().toList());
    }

    @Test
    void isNewEachTime() {
        Set<JobId> ids = new HashSet<>();
        for (int round = 0; round < 100_000; round++) {
            assertTrue(ids.add(JobId.mint(NOW, random)));
        }
    }

    @Test
    void knowsWhenItWasMadeToTheMillisecond() {
        for (int round = 0; round < 10_000; round++) {
            Instant at = Instant.ofEpochMilli(random.nextLong(1L << 48));
            assertEquals(at, JobId.mint(at, random).createdAt());
        }
        Instant finer = Instant.parse("2026-01-31T12:00:00.123456789Z");
        assertEquals(
                finer.truncatedTo(ChronoUnit.MILLIS), JobId.mint(finer, random).createdAt());
    }

    @Test
    void survivesBeingWrittenAndRead() {
        JobId id = JobId.mint(NOW, random);
        assertEquals(Optional.of(id), JobId.parse(id.toString()));
        assertEquals(id.value(), new String(id.bytes(), US_ASCII));
    }

    @Test
    void isTheSameForTheSameOriginAndNoOther() {
        JobId id = JobId.derive(NOW, "genapi.requests.default/3/42");
        assertEquals("job_01kg9ys7kvfwkvatamf7t7wjj6", id.value());
        assertEquals(id, JobId.derive(NOW, "genapi.requests.default/3/42"));
        assertNotEquals(id, JobId.derive(NOW, "genapi.requests.default/3/43"));
        assertNotEquals(id, JobId.derive(NOW.plusMillis(1), "genapi.requests.default/3/42"));
        assertEquals(NOW, id.createdAt());
        assertEquals(7, uuid(id).version());
        assertEquals(2, uuid(id).variant());
    }

    @Test
    void theFirstOfAMillisecondBoundsItFromBelow() {
        JobId bound = JobId.firstOf(NOW);
        for (int round = 0; round < 1_000; round++) {
            assertTrue(bound.compareTo(JobId.mint(NOW, random)) < 0);
            assertTrue(bound.compareTo(JobId.mint(NOW.minusMillis(1), random)) > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "job_",
                "job_0123456789abcdefghjkmnpqr",
                "job_0123456789abcdefghjkmnpqrst",
                "JOB_0123456789abcdefghjkmnpqrs",
                "job_0123456789ABCDEFGHJKMNPQRS",
                "job_8123456789abcdefghjkmnpqrs",
                "job_0123456789abcdefghijkmnpqr",
                "job_0123456789abcdefghlkmnpqrs",
                "job_0123456789abcdefghokmnpqrs",
                "job_0123456789abcdefghukmnpqrs",
                "job_0123456789abcdefghjkmnpqr\n",
                "job_0123456789abcdefghjkmnpqrs\n",
                " job_0123456789abcdefghjkmnpqrs",
                "0123456789abcdefghjkmnpqrs",
                "job_٠123456789abcdefghjkmnpqrs",
            })
    void refusesTextOfAnotherForm(String text) {
        assertEquals(Optional.empty(), JobId.parse(text));
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> new JobId(text))
                .getMessage());
        assertTrue(message.contains("'" + text + "'"), message);
    }

    /** The digits read by other code than ours. */
    private static UUID uuid(JobId id) {
        BigInteger number = BigInteger.ZERO;
        for (char digit : id.value().substring("job_".length()).toCharArray()) {
            number = number.shiftLeft(5).add(BigInteger.valueOf(CROCKFORD.indexOf(digit)));
        }
        return new UUID(number.shiftRight(64).longValue(), number.longValue());
    }
}
