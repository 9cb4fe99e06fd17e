package io.genapi.inflight.poll;

import io.genapi.inflight.run.DoneCheck;
import io.genapi.inflight.run.UndecidedException;
import io.genapi.inflight.run.Verdict;
import io.genapi.inflight.run.Work;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is done with records.
 *
 * @param work called for each of them, on a thread of its own
 * @param handedOver asked about one that a former owner may have finished, on the record's own thread
 * @param orderedBy records of one partition with equal keys run one after another; with a null, beside all others
 * @param bytesBeside how many a record takes while it runs beside its own
 */
public record Treatment<K, V>(
        Work<ConsumerRecord<K, V>> work,
        Optional<DoneCheck<ConsumerRecord<K, V>>> handedOver,
        Function<ConsumerRecord<K, V>, @Nullable Object> orderedBy,
        ToLongFunction<ConsumerRecord<K, V>> bytesBeside) {

    /** Of records that are all there is. */
    public Treatment(
            Work<ConsumerRecord<K, V>> work,
            Optional<DoneCheck<ConsumerRecord<K, V>>> handedOver,
            Function<ConsumerRecord<K, V>, @Nullable Object> orderedBy) {
        this(work, handedOver, orderedBy, _ -> 0);
    }

    /** Without hand-over and in no order. */
    public static <K, V> Treatment<K, V> of(Work<ConsumerRecord<K, V>> work) {
        return new Treatment<>(work, Optional.empty(), _ -> null);
    }

    /** For a record that a former owner may have finished. */
    Work<ConsumerRecord<K, V>> workAfterHandOver() {
        return handedOver
                .<Work<ConsumerRecord<K, V>>>map(check -> record -> unlessDone(check, record))
                .orElse(work);
    }

    private Verdict unlessDone(DoneCheck<ConsumerRecord<K, V>> check, ConsumerRecord<K, V> record) throws Exception {
        try {
            if (check.alreadyDone(record)) {
                return Verdict.done();
            }
        } catch (UndecidedException undecided) {
            return Verdict.later(undecided.askAgainAfter());
        }
        return work.accept(record);
    }
}
