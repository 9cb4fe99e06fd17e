package io.genapi.inflight;

import io.genapi.inflight.poll.FormerOwners;
import io.genapi.inflight.run.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an {@link InflightConsumer} does with its records: a handler and a poison handler at least. Not
 * thread-safe.
 *
 * @param <K> the records' key
 * @param <V> the records' value
 */
public final class InflightConsumerBuilder<K, V> {

    final InflightOptions options;
    final Map<String, Object> kafkaProperties;
    final Deserializer<K> keyDeserializer;
    final Deserializer<V> valueDeserializer;
    Optional<HandOverCheck<K, V>> handOver = Optional.empty();
    Optional<FormerOwners> formerOwners = Optional.empty();
    OrderingKey<K, V> orderedBy = record -> null;
    ToLongFunction<ConsumerRecord<K, V>> bytesBeside = record -> 0;
    MeterRegistry meters = new CompositeMeterRegistry();
    InstantSource clock = InstantSource.system();
    private @Nullable DeferringHandler<K, V> handler;
    private @Nullable PoisonHandler<K, V> poison;

    InflightConsumerBuilder(
            InflightOptions options,
            Map<String, Object> kafkaProperties,
            Deserializer<K> keyDeserializer,
            Deserializer<V> valueDeserializer) {
        this.options = options;
        this.kafkaProperties = Map.copyOf(kafkaProperties);
        this.keyDeserializer = keyDeserializer;
        this.valueDeserializer = valueDeserializer;
    }

    /** Called for each record; returning means finished. */
    public InflightConsumerBuilder<K, V> handler(RecordHandler<K, V> value) {
        return deferringHandler(record -> {
            value.handle(record);
            return Verdict.done();
        });
    }

    /** Instead of {@link #handler}: one that can also set a record aside. */
    public InflightConsumerBuilder<K, V> deferringHandler(DeferringHandler<K, V> value) {
        handler = value;
        return this;
    }

    /** Takes what the handler cannot finish. */
    public InflightConsumerBuilder<K, V> poison(PoisonHandler<K, V> value) {
        poison = value;
        return this;
    }

    /**
     * Partitions move at once: the former owner finishes what runs, and the next one leaves it alone until the check
     * says that it is done, {@link InflightOptions#handOverLease()} is over, or no {@link #formerOwners} have it in hand any
     * more. All members of the group must have such
     * a check. Without one, what runs when a partition moves runs again at its next owner, and {@link
     * InflightConsumer#close()} keeps the partitions until what runs has ended.
     */
    public InflightConsumerBuilder<K, V> handOver(HandOverCheck<K, V> value) {
        handOver = Optional.of(value);
        return this;
    }

    /**
     * Asked when partitions are assigned, for up to 2 s, and every 10 s while records wait for them. What they have in hand
     * is left alone as if it had been handed over; what they have not any more waits no longer, if all of them have said.
     * Needs {@link #handOver}.
     */
    public InflightConsumerBuilder<K, V> formerOwners(FormerOwners value) {
        formerOwners = Optional.of(value);
        return this;
    }

    /** Records with equal keys run one after another. All members of the group must have the same. */
    public InflightConsumerBuilder<K, V> orderedBy(OrderingKey<K, V> value) {
        orderedBy = value;
        return this;
    }

    /**
     * How many bytes a record takes while it runs beside its own, because its handler fetches them: they count as {@link
     * InflightOptions#maxBytesInFlight()}. Called on the poll thread, so it answers at once. A record for which it throws
     * goes to the poison handler.
     */
    public InflightConsumerBuilder<K, V> bytesBeside(ToLongFunction<ConsumerRecord<K, V>> value) {
        bytesBeside = value;
        return this;
    }

    /** Where the meters go; nowhere by default. */
    public InflightConsumerBuilder<K, V> meters(MeterRegistry value) {
        meters = value;
        return this;
    }

    /** By which leases end. */
    InflightConsumerBuilder<K, V> clock(InstantSource value) {
        clock = value;
        return this;
    }

    /**
     * A consumer that has yet to be started.
     *
     * @throws IllegalArgumentException if an option or property contradicts what the consumer does
     * @throws IllegalStateException if there is no handler or no poison handler, or former owners but no hand-over check
     * @throws org.apache.kafka.common.KafkaException if Kafka's consumer rejects its properties
     */
    public InflightConsumer<K, V> build() {
        if (formerOwners.isPresent() && handOver.isEmpty()) {
            throw new IllegalStateException(
                    "consumer " + options.name()
                            + " asks former owners what they run, but could not find out how that ended; give it a handOver check");
        }
        return new InflightConsumer<>(this);
    }

    DeferringHandler<K, V> requiredHandler() {
        return required("handler", handler);
    }

    PoisonHandler<K, V> requiredPoison() {
        return required("poison", poison);
    }

    private <T> T required(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(
                    what + " of consumer " + options.name() + " is missing; give one before build()");
        }
        return value;
    }
}
