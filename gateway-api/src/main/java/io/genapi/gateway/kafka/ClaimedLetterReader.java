package io.genapi.gateway.kafka;

import io.genapi.gateway.claim.ClaimedLetters;
import io.genapi.schemas.kafka.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/** Reads the topic of dead letters through, with a consumer for each time: that is seldom. */
public final class ClaimedLetterReader implements ClaimedLetters {

    private static final Duration POLL = Duration.ofSeconds(1);

    /** Polls in a row that bring nothing, before Kafka counts as out of reach. */
    private static final int MOST_EMPTY = 30;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<TopicPartition> partitions;

    /** @param topic of dead letters, which has one partition */
    public ClaimedLetterReader(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
        this.consumers = consumers;
        this.partitions = List.of(new TopicPartition(topic, 0));
    }

    @Override
    public Set<String> claims() throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            TopicPartition partition = partitions.getFirst();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
            Set<String> claims = new HashSet<>();
            int empty = 0;
            while (consumer.position(partition) < end) {
                var records = consumer.poll(POLL);
                empty = records.isEmpty() ? empty + 1 : 0;
                if (empty > MOST_EMPTY) {
                    throw new TimeoutException("the dead letters cannot be read to their end");
                }
                for (ConsumerRecord<byte[], byte[]> letter : records) {
                    // Whichever of several counts: none of their bodies is cleared away.
                    for (Header claim : letter.headers().headers(HeaderNames.CLAIM_CHECK)) {
                        if (claim.value() != null) {
                            claims.add(new String(claim.value(), StandardCharsets.UTF_8));
                        }
                    }
                }
            }
            return claims;
        } catch (InterruptException stopped) {
            // Kafka sets the flag again.
            Thread.interrupted();
            throw new InterruptedException("interrupted while dead letters were read");
        }
    }
}
