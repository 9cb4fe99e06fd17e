package io.genapi.store.kafka;

import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.store.topology.webhook.EndpointKnowledge;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records to Kafka Streams only when all endpoints are known that there were when the records were read, so that an
 * endpoint that is not known then is none. Asks once for all records of a poll. Of one stream thread; thread-safe for those
 * who ask.
 */
public final class EndpointsFirst implements EndpointKnowledge {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointsFirst.class);

    /** For each of two steps: both together take far less than a transaction may, which may be open meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Makes all known that there is. */
    @FunctionalInterface
    public interface Reading {

        /** @throws LogUnavailableException if Kafka does not tell in about that time */
        void catchUp(Duration longest) throws InterruptedException;
    }

    private final Reading endpoints;
    private volatile Optional<String> problem = Optional.of("it is not known yet which endpoints there are");

    public EndpointsFirst(Reading endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * For one consumer.
     *
     * @param generation of its group, which is another one whenever work has changed hands
     */
    ForConsumer of(Consumer<byte[], byte[]> consumer, IntSupplier generation) {
        return new ForConsumer(consumer, generation);
    }

    @Override
    public boolean isCurrent() {
        return problem.isEmpty();
    }

    /** Why nothing is handed on or decided; empty when nothing is in the way. */
    public Optional<String> problem() {
        return problem;
    }

    /** Used by its consumer's thread. */
    final class ForConsumer {
        private final Consumer<byte[], byte[]> consumer;
        private final IntSupplier generation;
        private int known = Integer.MIN_VALUE;

        private ForConsumer(Consumer<byte[], byte[]> consumer, IntSupplier generation) {
            this.consumer = consumer;
            this.generation = generation;
        }

        /** What the consumer has polled; nothing where the endpoints cannot be told, and then the consumer reads it again. */
        ConsumerRecords<byte[], byte[]> pass(ConsumerRecords<byte[], byte[]> polled) {
            // With the work of another process comes what that one knew when it decided.
            int current = generation.getAsInt();
            if (polled.isEmpty() && known == current && isCurrent()) {
                return polled;
            }
            problem = catchUp();
            if (isCurrent()) {
                known = current;
                return polled;
            }
            for (TopicPartition partition : polled.partitions()) {
                ConsumerRecord<byte[], byte[]> first = polled.records(partition).getFirst();
                consumer.seek(partition, first.offset());
            }
            return ConsumerRecords.empty();
        }

        private Optional<String> catchUp() {
            try {
                endpoints.catchUp(PATIENCE);
                return Optional.empty();
            } catch (LogUnavailableException unavailable) {
                LOG.warn(
                        "Webhooks wait, for it cannot be told which endpoints there are: {}", unavailable.getMessage());
                return Optional.of("it cannot be told which endpoints there are: " + unavailable.getMessage());
            } catch (InterruptedException interrupted) {
                throw new InterruptException(interrupted);
            }
        }
    }
}
