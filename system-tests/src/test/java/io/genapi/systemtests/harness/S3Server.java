package io.genapi.systemtests.harness;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/** A server that speaks S3, in this process, with one bucket in memory. */
public final class S3Server implements AutoCloseable {

    private static final String BUCKET = "genapi-files";
    private static final String ID = "AKIAEXAMPLE";
    private static final String SECRET = "secret-of-the-bucket";

    /** What processes need in their environment that are to use it. */
    static final Map<String, String> CREDENTIALS = Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);

    private final BlobStoreContext memory = ContextBuilder.newBuilder("transient-nio2")
            .credentials(ID, SECRET)
            .overrides(new Properties())
            .build(BlobStoreContext.class);

    private final S3Proxy server;

    public S3Server() {
        memory.getBlobStore().createContainerInLocation(null, BUCKET);
        server = S3Proxy.builder()
                .blobStore(memory.getBlobStore())
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, SECRET)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        try {
            server.start();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What a gateway is to be told of it. */
    public Map<String, String> settings() {
        return Map.of(
                "genapi.blob.s3.bucket",
                BUCKET,
                "genapi.blob.s3.endpoint",
                "http://127.0.0.1:" + server.getPort(),
                "genapi.blob.s3.path-style",
                "true");
    }

    /** The keys of all that is in the bucket. */
    public List<String> keys() {
        return memory.getBlobStore().list(BUCKET, ListContainerOptions.Builder.recursive()).stream()
                .map(StorageMetadata::getName)
                .toList();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        memory.close();
    }
}
