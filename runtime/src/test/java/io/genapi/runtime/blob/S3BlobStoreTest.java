package io.genapi.runtime.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.claim.BodyOpening;
import io.genapi.runtime.claim.StoredBodies;
import io.genapi.schemas.job.ClaimCheck;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.GetOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks S3, in this process. */
class S3BlobStoreTest extends BlobStoreContract {

    private static final String BUCKET = "blobs";
    private static final String MARK = "genapi/place.json";

    private final BlobStoreContext memory = ContextBuilder.newBuilder("transient-nio2")
            .credentials("id", "secret")
            .overrides(new Properties())
            .build(BlobStoreContext.class);

    /** Whose objects are missed once, as in a bucket that is away for a moment. */
    private final Set<String> missedOnce = ConcurrentHashMap.newKeySet();

    private volatile long nanos;
    private S3Proxy server;
    private BlobStore store;

    @BeforeEach
    void start() throws Exception {
        System.setProperty("aws.accessKeyId", "id");
        System.setProperty("aws.secretAccessKey", "secret");
        memory.getBlobStore().createContainerInLocation(null, BUCKET);
        server = S3Proxy.builder()
                .blobStore(new ForwardingBlobStore(memory.getBlobStore()) {
                    @Override
                    public @Nullable Blob getBlob(String container, String name, GetOptions options) {
                        return missedOnce.remove(name) ? null : super.getBlob(container, name, options);
                    }
                })
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "id", "secret")
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
        store = writer(BUCKET);
        var _ = store.place();
    }

    private S3BlobStore writer(String bucket) {
        return of(bucket, OWNER, KnownPlace.Use.MAKES);
    }

    private S3BlobStore reader(String bucket) {
        return of(bucket, OWNER, KnownPlace.Use.READS);
    }

    private S3BlobStore of(String bucket, PlaceOwner owner, KnownPlace.Use use) {
        return S3BlobStore.of(
                settings(bucket, server.getPort(), Duration.ofSeconds(30)), bucket, owner, use, () -> nanos);
    }

    private static BlobSettings.S3 settings(String bucket, int port, Duration timeout) {
        return new BlobSettings.S3(
                bucket, "genapi/", URI.create("http://127.0.0.1:" + port), "us-east-1", true, timeout, timeout);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        memory.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Override
    BlobStore store() {
        return store;
    }

    @Test
    void refusesABucketThatIsNotThere() {
        UnusablePlaceException failure = assertThrows(
                UnusablePlaceException.class, () -> writer("absent").place());

        assertTrue(String.valueOf(failure.getMessage()).contains("absent"), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.s3"), failure::toString);
    }

    @Test
    void isTheSamePlaceToWhoComesLater() throws BlobStoreException {
        assertEquals(store.place(), writer(BUCKET).place());
        assertEquals(store.place(), reader(BUCKET).place());
    }

    @Test
    void isOnePlaceToAllWhoMakeItAtOnce() throws BlobStoreException {
        memory.getBlobStore().createContainerInLocation(null, "contested");
        S3BlobStore first = writer("contested");
        S3BlobStore second = writer("contested");

        String place = first.place();
        // It has seen that there is none, too.
        missedOnce.add(MARK);

        assertEquals(place, second.place());
    }

    /** What has the same name on two servers is two places. */
    @Test
    void isAnotherPlaceOnAnotherServer() throws BlobStoreException {
        String here = store.place();
        memory.getBlobStore().clearContainer(BUCKET);
        BlobSettings.S3 elsewhere = new BlobSettings.S3(
                BUCKET,
                "genapi/",
                URI.create("http://localhost:" + server.getPort()),
                "us-east-1",
                true,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));

        assertNotEquals(
                here,
                S3BlobStore.of(elsewhere, BUCKET, OWNER, KnownPlace.Use.MAKES, () -> nanos)
                        .place());
    }

    @Test
    void isRefusedToAnotherBroker() {
        BlobStoreException failure = assertThrows(
                BlobStoreException.class,
                () -> of(BUCKET, new PlaceOwner("cluster-2", "genapi"), KnownPlace.Use.MAKES)
                        .place());

        assertTrue(String.valueOf(failure.getMessage()).contains("cluster-1"), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.s3"), failure::toString);
    }

    @Test
    void whoOnlyReadsMakesNoPlace() {
        memory.getBlobStore().createContainerInLocation(null, "empty");
        BlobStore reader = reader("empty");

        BlobStoreException failure = assertThrows(BlobStoreException.class, reader::place);

        assertTrue(String.valueOf(failure.getMessage()).contains("genapi/place.json"), failure::toString);
    }

    @Test
    void givesUpAServerThatTakesRequestsAndAnswersNone() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            BlobStore store = S3BlobStore.of(
                    settings(BUCKET, silent.getLocalPort(), Duration.ofMillis(300)),
                    BUCKET,
                    OWNER,
                    KnownPlace.Use.READS,
                    () -> nanos);

            BlobStoreException failure = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThrows(BlobStoreException.class, store::place));

            assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.s3"), failure::toString);
        }
    }

    @Test
    void wantsNoLongerForATryThanForAllOfThem() {
        String refused = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> new BlobSettings.S3(
                                BUCKET,
                                "genapi/",
                                null,
                                "us-east-1",
                                true,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(10)))
                .getMessage());

        assertTrue(refused.contains("genapi.blob.s3.call-timeout is PT10S"), refused);
    }

    @Test
    void doesNotTakeABucketThatCannotBeReachedForAnEmptyOne() throws Exception {
        server.stop();

        assertThrows(BlobStoreException.class, () -> store.open(new BlobKey("kept")));
    }

    @Test
    void losesNoBodyWhoseBucketWasEmptied() throws Exception {
        StoredBodies bodies = new StoredBodies(reader(BUCKET), () -> Instant.EPOCH, new Random(1));
        ClaimCheck claim = new StoredBodies(store, () -> Instant.EPOCH, new Random(1)).put(new byte[] {1});
        assertInstanceOf(BodyOpening.Opened.class, bodies.open(claim));

        memory.getBlobStore().clearContainer(BUCKET);

        assertInstanceOf(BodyOpening.Unavailable.class, bodies.open(claim));
    }

    @Test
    void losesNoBodyOfABucketThatIsAnotherOneForAMoment() throws Exception {
        StoredBodies bodies = new StoredBodies(store, () -> Instant.EPOCH, new Random(1));
        ClaimCheck claim = bodies.put(new byte[] {1});
        missedOnce.add("genapi/" + claim.key());

        assertInstanceOf(BodyOpening.Opened.class, bodies.open(claim));
        assertEquals(Set.of(), missedOnce);
    }

    @Test
    void losesNoBodyWhoseBucketWasReplaced() throws Exception {
        StoredBodies bodies = new StoredBodies(reader(BUCKET), () -> Instant.EPOCH, new Random(1));
        ClaimCheck claim = new StoredBodies(store, () -> Instant.EPOCH, new Random(1)).put(new byte[] {1});
        assertInstanceOf(BodyOpening.Opened.class, bodies.open(claim));

        memory.getBlobStore().clearContainer(BUCKET);
        mark(PlaceMark.derived(OWNER, "another"));

        assertInstanceOf(BodyOpening.Unavailable.class, bodies.open(claim));
        assertThrows(BlobStoreException.class, () -> store.placeNow());
    }

    @Test
    void looksAtItsPlaceAgainBeforeItPutsSomethingThere() throws Exception {
        mark(PlaceMark.derived(new PlaceOwner("cluster-2", "genapi"), "theirs"));

        nanos = Duration.ofSeconds(31).toNanos();

        assertThrows(PlaceMark.ForeignPlaceException.class, () -> store.create(new BlobKey("mine")));
    }

    @Test
    void deletesNothingInAPlaceThatHasBecomeAnotherBrokers() throws Exception {
        BlobKey key = BlobKey.mint(Instant.EPOCH, new Random(1));
        store.put(key, new ByteArrayInputStream(new byte[] {1}));
        mark(PlaceMark.derived(new PlaceOwner("cluster-2", "genapi"), "theirs"));

        assertThrows(PlaceMark.ForeignPlaceException.class, () -> store.delete(key));
        assertThrows(PlaceMark.ForeignPlaceException.class, () -> store.committedBefore(Instant.MAX, _ -> {}));
        assertTrue(memory.getBlobStore().blobExists(BUCKET, "genapi/" + key));
    }

    @Test
    void makesNoNewPlaceWhereItsOwnHasGone() {
        memory.getBlobStore().clearContainer(BUCKET);

        assertThrows(BlobStoreException.class, () -> store.placeNow());
        assertFalse(memory.getBlobStore().blobExists(BUCKET, MARK));
    }

    private void mark(PlaceMark mark) {
        memory.getBlobStore()
                .putBlob(
                        BUCKET,
                        memory.getBlobStore()
                                .blobBuilder(MARK)
                                .payload(mark.toJson())
                                .build());
    }
}
