package io.genapi.inflight;

import io.genapi.inflight.run.Verdict;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is done with a record, or not yet. Called on a virtual thread of its own, for many records at once.
 *
 * @param <K> the record's key
 * @param <V> the record's value
 */
@FunctionalInterface
public interface DeferringHandler<K, V> {

    /**
     * {@link Verdict#done} means finished, as the return of {@link RecordHandler#handle} does. {@link Verdict#later}
     * gives the record's permit and bytes back and has it handed out again after a while, to this handler or to the
     * partition's next owner. Meanwhile the record stays unfinished and the next ones of its ordering key wait. It is no
     * failure: the attempts are counted anew, and a record that is set aside for ever never becomes poison.
     *
     * <p>Interrupted only when {@link InflightConsumer#close()} has waited for the whole grace period.
     *
     * @throws Exception to be called again after a back-off, until the attempts are used up and the record is poison
     */
    Verdict handle(ConsumerRecord<K, V> record) throws Exception;
}
