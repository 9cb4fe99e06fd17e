package io.genapi.inflight;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Asked about a record that the partition's former owner still had running when it handed the partition over: from time
 * to time until the lease ends, and then once more before the record runs. Asked once also about each of the first hundred
 * records beyond the former owner's last commit, which it may have finished without having said so.
 *
 * @param <K> the record's key
 * @param <V> the record's value
 */
@FunctionalInterface
public interface HandOverCheck<K, V> {

    /**
     * True if the former owner finished the record, which then does not run again. Called on a virtual thread, for up to
     * 32 records at once before their lease ends. An exception then means that it is not known yet, and afterwards counts
     * as a failed attempt.
     *
     * @throws io.genapi.inflight.run.UndecidedException if it is not known yet: the record is set aside, and asked about
     *     again before it runs
     */
    boolean alreadyDone(ConsumerRecord<K, V> record) throws Exception;
}
