package io.genapi.runtime.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** An object as it comes; what the client throws meanwhile is a failure of the bucket. */
final class S3BlobContent extends FilterInputStream {

    private final S3Questions questions;

    S3BlobContent(S3Questions questions, InputStream object) {
        super(object);
        this.questions = questions;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (SdkException failure) {
            throw questions.failed("be read", failure);
        }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            return super.read(bytes, from, length);
        } catch (SdkException failure) {
            throw questions.failed("be read", failure);
        }
    }
}
