package io.genapi.runtime.blob;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A blob that comes to be as an upload in parts, or, where it is small, at once when it is whole. Holds one part in memory.
 * Used by one thread at a time.
 */
final class S3BlobWriter extends BlobWriter {

    /** S3 wants at least 5 MiB of each part but the last, and takes 10,000 of them: up to 78 GiB. */
    private static final int PART_BYTES = 8 * 1024 * 1024;

    private static final int FIRST_BUFFER_BYTES = 64 * 1024;

    private final S3Questions questions;
    private final S3Client s3;
    private final String bucket;
    private final String name;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int buffered;
    private @Nullable String uploadId;

    S3BlobWriter(S3Questions questions, S3Client s3, String bucket, String name) {
        this.questions = questions;
        this.s3 = s3;
        this.bucket = bucket;
        this.name = name;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws BlobStoreException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (buffered == PART_BYTES) {
                uploadPart();
            }
            int piece = Math.min(left, PART_BYTES - buffered);
            makeRoom(piece);
            System.arraycopy(bytes, at, buffer, buffered, piece);
            buffered += piece;
            at += piece;
            left -= piece;
        }
    }

    private void makeRoom(int piece) {
        if (buffered + piece > buffer.length) {
            int size = Math.min(PART_BYTES, Math.max(buffered + piece, 2 * buffer.length));
            buffer = Arrays.copyOf(buffer, size);
        }
    }

    private void uploadPart() throws BlobStoreException {
        String upload = uploadId();
        int number = parts.size() + 1;
        String tag = questions.ask(
                "be written",
                () -> s3.uploadPart(
                                part -> part.bucket(bucket)
                                        .key(name)
                                        .uploadId(upload)
                                        .partNumber(number),
                                content())
                        .eTag());
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        buffered = 0;
    }

    private String uploadId() throws BlobStoreException {
        String begun = uploadId;
        if (begun == null) {
            begun = questions.ask(
                    "be written",
                    () -> s3.createMultipartUpload(
                                    create -> create.bucket(bucket).key(name))
                            .uploadId());
            uploadId = begun;
        }
        return begun;
    }

    private RequestBody content() {
        return RequestBody.fromByteBuffer(ByteBuffer.wrap(buffer, 0, buffered));
    }

    @Override
    public void commit() throws BlobStoreException {
        if (uploadId == null) {
            var _ = questions.ask(
                    "be written", () -> s3.putObject(put -> put.bucket(bucket).key(name), content()));
            return;
        }
        uploadPart();
        String upload = uploadId();
        var _ = questions.ask(
                "be written",
                () -> s3.completeMultipartUpload(complete ->
                        complete.bucket(bucket).key(name).uploadId(upload).multipartUpload(all -> all.parts(parts))));
        uploadId = null;
    }

    @Override
    public void close() throws BlobStoreException {
        String upload = uploadId;
        if (upload != null) {
            uploadId = null;
            var _ = questions.ask(
                    "be written",
                    () -> s3.abortMultipartUpload(
                            abort -> abort.bucket(bucket).key(name).uploadId(upload)));
        }
    }
}
