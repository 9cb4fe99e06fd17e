package io.genapi.store.topology;

import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A processor that is made when its context is there, so that the real one has nothing that may still be missing. */
public final class Initialised<K, V, A, B> implements Processor<K, V, A, B> {
    private final Function<ProcessorContext<A, B>, Processor<K, V, A, B>> factory;
    private @Nullable Processor<K, V, A, B> processor;

    public Initialised(Function<ProcessorContext<A, B>, Processor<K, V, A, B>> factory) {
        this.factory = factory;
    }

    @Override
    public void init(ProcessorContext<A, B> context) {
        processor = factory.apply(context);
    }

    @Override
    public void process(Record<K, V> record) {
        if (processor == null) {
            throw new IllegalStateException("Kafka Streams initialises a processor before it hands it records");
        }
        processor.process(record);
    }

    @Override
    public void close() {
        if (processor != null) {
            processor.close();
        }
    }
}
