package io.genapi.store.kafka;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/** Makes a partition's RocksDB use the memory that all of them share. Kafka Streams creates it by its name. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** The property of Kafka Streams that carries the {@link RocksDbMemory}. */
    public static final String MEMORY = "genapi.rocksdb.memory";

    private static final long WRITE_BUFFER_BYTES = 4 * 1024 * 1024;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (!(configs.get(MEMORY) instanceof RocksDbMemory memory)
                || !(options.tableFormatConfig() instanceof BlockBasedTableConfig table)) {
            throw new IllegalStateException("Kafka Streams was configured without " + MEMORY);
        }
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {}
}
