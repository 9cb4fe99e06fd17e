package io.genapi.runtime.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.claim.BodyOpening;
import io.genapi.runtime.claim.StoredBodies;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every place of blobs does. */
abstract class BlobStoreContract {

    private static final BlobKey KEY = new BlobKey("0001-blob");
    private static final byte[] CONTENT = "what it holds".getBytes(StandardCharsets.UTF_8);

    static final PlaceOwner OWNER = new PlaceOwner("cluster-1", "genapi");

    abstract BlobStore store();

    private byte[] read(BlobKey key) throws IOException {
        try (InputStream content = store().open(key).orElseThrow()) {
            return content.readAllBytes();
        }
    }

    @Test
    void givesBackWhatWasPut() throws IOException {
        store().put(KEY, new ByteArrayInputStream(CONTENT));

        assertArrayEquals(CONTENT, read(KEY));
        assertEquals(OptionalLong.of(CONTENT.length), store().size(KEY));
    }

    @Test
    void keepsAnEmptyBlobToo() throws IOException {
        store().put(KEY, InputStream.nullInputStream());

        assertEquals(OptionalLong.of(0), store().size(KEY));
        assertEquals(0, read(KEY).length);
    }

    @Test
    void knowsNothingOfABlobThatIsNotThere() throws IOException {
        assertEquals(Optional.empty(), store().open(KEY));
        assertEquals(OptionalLong.empty(), store().size(KEY));
        store().delete(KEY);
    }

    @Test
    void showsNothingBeforeTheCommitAndNothingWithoutOne() throws IOException {
        try (BlobWriter writer = store().create(KEY)) {
            writer.write(CONTENT);
            assertEquals(OptionalLong.empty(), store().size(KEY));
        }

        assertEquals(OptionalLong.empty(), store().size(KEY));
        assertEquals(Optional.empty(), store().open(KEY));
    }

    @Test
    void leavesNothingOfALargeBlobThatIsGivenUp() throws IOException {
        try (BlobWriter writer = store().create(KEY)) {
            writer.write(large());
        }

        assertEquals(OptionalLong.empty(), store().size(KEY));
    }

    @Test
    void keepsLargeBlobs() throws IOException {
        byte[] large = large();

        store().put(KEY, new ByteArrayInputStream(large));

        assertEquals(OptionalLong.of(large.length), store().size(KEY));
        assertArrayEquals(large, read(KEY));
    }

    /** More than one part of an upload. */
    private static byte[] large() {
        byte[] large = new byte[20 * 1024 * 1024 + 17];
        new Random(1).nextBytes(large);
        return large;
    }

    @Test
    void takesTheLaterOfTwoBlobsOfOneKey() throws IOException {
        store().put(KEY, new ByteArrayInputStream(new byte[3]));
        store().put(KEY, new ByteArrayInputStream(CONTENT));

        assertArrayEquals(CONTENT, read(KEY));
    }

    @Test
    void forgetsWhatIsDeleted() throws IOException {
        store().put(KEY, new ByteArrayInputStream(CONTENT));

        store().delete(KEY);

        assertEquals(Optional.empty(), store().open(KEY));
    }

    @Test
    void tellsOfTheBlobsThatAreOlderThanATime() throws IOException {
        List<BlobKey> keys = List.of(
                BlobKey.mint(Instant.EPOCH, new Random(1)), BlobKey.mint(Instant.EPOCH.plusSeconds(1), new Random(2)));
        for (BlobKey key : keys) {
            store().put(key, new ByteArrayInputStream(CONTENT));
        }
        store().put(new BlobKey("somebody-else"), new ByteArrayInputStream(CONTENT));

        assertEquals(keys, before(Instant.now().plusSeconds(60)));
        assertEquals(List.of(), before(Instant.now().minusSeconds(60)));
    }

    @Test
    void tellsOfRequestsBodiesToo() throws IOException {
        BlobKey claim = BlobKey.mintClaim(Instant.EPOCH, new Random(1));
        store().put(claim, new ByteArrayInputStream(CONTENT));

        assertEquals(List.of(claim), before(Instant.now().plusSeconds(60)));
        assertTrue(claim.isClaim());
        assertFalse(BlobKey.mint(Instant.EPOCH, new Random(1)).isClaim());
    }

    @Test
    void givesBackARequestsBodyThatWasPutAway() throws Exception {
        byte[] body = large();
        StoredBodies bodies = new StoredBodies(store(), () -> Instant.EPOCH, new Random(1));
        byte[] most = Arrays.copyOf(body, ClaimCheck.LARGEST);

        ClaimCheck claim = bodies.put(most);

        assertArrayEquals(
                most,
                assertInstanceOf(BodyOpening.Opened.class, bodies.open(claim)).body());
    }

    @Test
    void knowsABodyThatIsGoneFromOneThatIsNotThereYetOrLiesInAnotherPlace() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        StoredBodies bodies = new StoredBodies(store(), now::get, new Random(1));
        ClaimCheck claim = bodies.put(CONTENT);
        ClaimCheck elsewhere = new ClaimCheck("0".repeat(32), claim.key(), claim.length(), claim.digest());

        assertInstanceOf(BodyOpening.Opened.class, bodies.open(claim));
        assertInstanceOf(BodyOpening.Unavailable.class, bodies.open(elsewhere));
        store().delete(new BlobKey(claim.key()));
        assertInstanceOf(BodyOpening.Unavailable.class, bodies.open(claim));
        now.set(Instant.EPOCH.plusSeconds(60));
        assertInstanceOf(BodyOpening.Lost.class, bodies.open(claim));
        assertInstanceOf(BodyOpening.Unavailable.class, bodies.open(elsewhere));
    }

    @Test
    void opensNoBodyThatIsNotTheOneThatIsClaimed() throws Exception {
        StoredBodies bodies = new StoredBodies(store(), () -> Instant.EPOCH, new Random(1));
        ClaimCheck claim = bodies.put(CONTENT);

        for (ClaimCheck wrong : List.of(
                new ClaimCheck(claim.place(), claim.key(), claim.length(), BodyDigest.of(new byte[] {1})),
                new ClaimCheck(claim.place(), claim.key(), claim.length() - 1, claim.digest()),
                new ClaimCheck(claim.place(), claim.key(), claim.length() + 1, claim.digest()))) {
            assertInstanceOf(BodyOpening.Lost.class, bodies.open(wrong), wrong::toString);
        }
    }

    private List<BlobKey> before(Instant time) throws BlobStoreException {
        List<BlobKey> keys = new ArrayList<>();
        store().committedBefore(time, keys::add);
        return keys.stream().sorted(Comparator.comparing(BlobKey::value)).toList();
    }

    @Test
    void takesNoKeyThatIsAPath() {
        for (String key : List.of("../etc/passwd", "a/b", "", ".", "UPPER", "-a", "a".repeat(129))) {
            assertThrows(IllegalArgumentException.class, () -> new BlobKey(key), key);
            assertEquals(Optional.empty(), BlobKey.parse(key));
        }
    }
}
