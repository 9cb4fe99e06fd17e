package io.genapi.runtime.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks S3, in this process. */
class S3BlobStoreTest extends BlobStoreContract {

    private static final String BUCKET = "blobs";

    private final BlobStoreContext memory = ContextBuilder.newBuilder("transient-nio2")
            .credentials("id", "secret")
            .overrides(new Properties())
            .build(BlobStoreContext.class);

    private S3Proxy server;
    private BlobStore store;

    @BeforeEach
    void start() throws Exception {
        System.setProperty("aws.accessKeyId", "id");
        System.setProperty("aws.secretAccessKey", "secret");
        memory.getBlobStore().createContainerInLocation(null, BUCKET);
        server = S3Proxy.builder()
                .blobStore(memory.getBlobStore())
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "id", "secret")
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
        store = S3BlobStore.open(settings(BUCKET), BUCKET, OWNER);
    }

    private BlobSettings.S3 settings(String bucket) {
        return new BlobSettings.S3(
                bucket, "genapi/", URI.create("http://127.0.0.1:" + server.getPort()), "us-east-1", true);
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
        BlobStoreException failure =
                assertThrows(BlobStoreException.class, () -> S3BlobStore.open(settings("absent"), "absent", OWNER));

        assertTrue(String.valueOf(failure.getMessage()).contains("absent"), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.s3"), failure::toString);
    }

    @Test
    void isTheSamePlaceToWhoComesLater() throws BlobStoreException {
        assertEquals(
                store.place(), S3BlobStore.open(settings(BUCKET), BUCKET, OWNER).place());
        assertEquals(
                store.place(),
                S3BlobStore.openToRead(settings(BUCKET), BUCKET, OWNER).place());
    }

    @Test
    void keepsTheMarkOfWhoeverWasFirst() throws BlobStoreException {
        memory.getBlobStore().createContainerInLocation(null, "contested");
        // Both have seen that there is none.
        S3BlobStore first = S3BlobStore.openToRead(settings("contested"), "contested", OWNER);
        S3BlobStore second = S3BlobStore.openToRead(settings("contested"), "contested", OWNER);

        first.writeMark();
        String place = first.place();
        second.writeMark();

        assertEquals(place, second.place());
    }

    @Test
    void isRefusedToAnotherBroker() {
        BlobStoreException failure = assertThrows(
                BlobStoreException.class,
                () -> S3BlobStore.open(settings(BUCKET), BUCKET, new PlaceOwner("cluster-2", "genapi")));

        assertTrue(String.valueOf(failure.getMessage()).contains("cluster-1"), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.s3"), failure::toString);
    }

    @Test
    void whoOnlyReadsMakesNoPlace() {
        memory.getBlobStore().createContainerInLocation(null, "empty");
        BlobStore reader = S3BlobStore.openToRead(settings("empty"), "empty", OWNER);

        BlobStoreException failure = assertThrows(BlobStoreException.class, reader::place);

        assertTrue(String.valueOf(failure.getMessage()).contains("genapi/place.json"), failure::toString);
    }

    @Test
    void doesNotTakeABucketThatCannotBeReachedForAnEmptyOne() throws Exception {
        server.stop();

        assertThrows(BlobStoreException.class, () -> store.open(new BlobKey("kept")));
    }
}
