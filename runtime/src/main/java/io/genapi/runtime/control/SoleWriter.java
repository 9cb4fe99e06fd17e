package io.genapi.runtime.control;

import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes to a shared log for as long as nobody else has begun to: of all processes, only the one that began last does. One
 * that is opened finds what those before it have written, or never will. Not thread-safe.
 */
public interface SoleWriter extends AutoCloseable {

    /** Begins to write, which ends it for all others. */
    @FunctionalInterface
    interface Opening {

        /** @throws LogUnavailableException if Kafka does not let it; the message says why */
        SoleWriter open() throws InterruptedException;
    }

    /** What came of writing. Unless it was written, the writer is of no use any more. */
    sealed interface Outcome {

        /** @param end where the first of the records ends */
        record Written(long end) implements Outcome {}

        /** Nothing was written, since somebody else has begun to, or Kafka has ended the transaction. */
        record Overtaken(Exception reason) implements Outcome {}

        /**
         * All of it was written, or nothing; the next writer's log tells.
         *
         * @param offset of the first record, if it was
         */
        record Unclear(long offset, Exception reason) implements Outcome {}
    }

    /**
     * Writes all of it or nothing.
     *
     * @param records the first goes to the log, the others may go elsewhere
     * @param place hears of the first record's offset before it can be read
     * @throws LogUnavailableException if nothing was written and trying again at once would not help
     */
    Outcome write(List<ProducerRecord<byte[], byte[]>> records, LongConsumer place) throws InterruptedException;

    /** Returns at once; after a write that failed and that nobody has overtaken, when what is open of it is ended, or soon. */
    @Override
    void close();
}
