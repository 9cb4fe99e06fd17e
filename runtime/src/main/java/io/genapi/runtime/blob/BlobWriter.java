package io.genapi.runtime.blob;

import java.io.OutputStream;

/**
 * One blob that comes to be. Nobody sees anything of it before its commit, and without that nothing is left of it when it
 * is closed. Used by one thread at a time.
 */
public abstract class BlobWriter extends OutputStream {

    @Override
    public final void write(int value) throws BlobStoreException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes) throws BlobStoreException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public abstract void write(byte[] bytes, int from, int length) throws BlobStoreException;

    /** From its return on the blob is there, also after a power cut. */
    public abstract void commit() throws BlobStoreException;

    @Override
    public abstract void close() throws BlobStoreException;
}
