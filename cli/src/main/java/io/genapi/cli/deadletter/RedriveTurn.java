package io.genapi.cli.deadletter;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The right to put letters back, which one process has at a time: it is the one static member of a consumer group of its
 * own, which Kafka lets nobody replace while it lives
 * (<a href="https://cwiki.apache.org/confluence/x/9RDiD">KIP-848</a>). Nothing is read by it. Not thread-safe.
 */
final class RedriveTurn implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String ONLY_MEMBER = "redrive";

    /** Far less than Kafka waits for a member that is silent. */
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(250);

    private final KafkaConsumer<byte[], byte[]> member;
    private boolean begun;
    private boolean lost;
    private long checkedAt = System.nanoTime();

    private RedriveTurn(KafkaConsumer<byte[], byte[]> member) {
        this.member = member;
    }

    /**
     * Returns when it is this process's turn.
     *
     * @param topic of the dead letters, which exists
     * @throws DeadLetterException if another process puts letters back, or the group is not ours to join
     * @throws UnreachableKafkaException if Kafka answers no more
     */
    static RedriveTurn begin(String bootstrap, String topic, String group) {
        RedriveTurn turn = new RedriveTurn(member(bootstrap, group));
        try {
            turn.join(topic);
            return turn;
        } catch (UnreleasedInstanceIdException taken) {
            turn.close();
            throw new DeadLetterException(
                    "Another 'genapi jobs redrive' is putting letters of Kafka at %s back. Try again when it has ended; one that was killed counts as running until the brokers' group.consumer.session.timeout.ms has passed."
                            .formatted(bootstrap));
        } catch (AuthorizationException refused) {
            turn.close();
            throw new DeadLetterException(
                    "Kafka at %s does not let this command see to it that it is the only one (%s). Grant its principal READ on the group %s."
                            .formatted(bootstrap, refused.getMessage(), group));
        } catch (TimeoutException timeout) {
            turn.close();
            throw new UnreachableKafkaException(bootstrap, timeout);
        }
    }

    private static KafkaConsumer<byte[], byte[]> member(String bootstrap, String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "client.id",
                        "genapi-cli-redrive",
                        "group.id",
                        group,
                        "group.protocol",
                        "consumer",
                        "group.instance.id",
                        ONLY_MEMBER,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "latest",
                        "allow.auto.create.topics",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void join(String topic) {
        member.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                member.pause(partitions);
                begun |= !partitions.isEmpty();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                lost |= !partitions.isEmpty();
            }
        });
        long begin = System.nanoTime();
        while (!begun) {
            member.poll(POLL);
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new TimeoutException("the group gave this process no turn for " + PATIENCE);
            }
        }
    }

    /** @throws DeadLetterException if the turn has passed to another process, as it does when this one stood still */
    void check() {
        if (System.nanoTime() - checkedAt > BETWEEN_CHECKS.toNanos()) {
            askKafka();
        }
        if (lost) {
            throw new DeadLetterException(
                    "This redrive stood still for so long that another one may have begun. See which letters are left with: genapi jobs redrive --list");
        }
    }

    private void askKafka() {
        try {
            member.poll(Duration.ZERO);
        } catch (KafkaException failure) {
            lost = true;
        }
        checkedAt = System.nanoTime();
    }

    /** The turn is free for another process at once. */
    @Override
    public void close() {
        lost = true;
        member.close();
    }
}
