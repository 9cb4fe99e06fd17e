package io.genapi.store.kafka;

import org.jspecify.annotations.Nullable;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bounded piece of memory for the RocksDB instances of all partitions together; by default each of them would take
 * its own 50 MB cache and 48 MB of write buffers. Thread-safe.
 */
public final class RocksDbMemory implements AutoCloseable {
    private final long bytes;
    private @Nullable Shared shared;

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

    /** @param bytes for cached blocks and write buffers; a third of it at most for the latter */
    public RocksDbMemory(long bytes) {
        this.bytes = bytes;
    }

    Cache cache() {
        return shared().cache();
    }

    WriteBufferManager writeBuffers() {
        return shared().writeBuffers();
    }

    private synchronized Shared shared() {
        if (shared == null) {
            RocksDB.loadLibrary();
            Cache cache = new LRUCache(bytes);
            shared = new Shared(cache, new WriteBufferManager(bytes / 3, cache));
        }
        return shared;
    }

    /** Only once nothing uses it any more. */
    @Override
    public synchronized void close() {
        if (shared != null) {
            shared.writeBuffers().close();
            shared.cache().close();
            shared = null;
        }
    }
}
