package io.genapi.gateway.kafka;

import io.genapi.gateway.job.Pause;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.stream.LiveStreams;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.kafka.TopicNames;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that receives results, between start and close. When Kafka's client fails in a way that it does not get
 * over by itself, a new membership takes the old one's place.
 */
public final class ReplyReceiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyReceiver.class);
    private static final Duration BEFORE_A_NEW_MEMBERSHIP = Duration.ofSeconds(1);

    private final Supplier<ReplyIntake> intakes;
    private final Pause pause;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable ReplyIntake current;

    /** @param consumers makes members of the gateways' group, not subscribed yet */
    public ReplyReceiver(
            Supplier<Consumer<byte[], byte[]>> consumers,
            TopicNames topics,
            PartitionOwnership ownership,
            PendingReplies pendingReplies,
            LiveStreams liveStreams,
            Telemetry telemetry,
            Pause pause) {
        ReplySpans spans = new ReplySpans(telemetry);
        this.intakes = () -> new ReplyIntake(consumers.get(), topics, ownership, pendingReplies, liveStreams, spans);
        this.pause = pause;
        this.thread = Thread.ofPlatform().name("gateway-replies").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try (ReplyIntake intake = intakes.get()) {
                current = intake;
                while (!closed) {
                    intake.doWork();
                }
            } catch (WakeupException woken) {
                LOG.debug("The reply thread was woken up");
            } catch (RuntimeException failure) {
                LOG.warn("Results cannot be received; trying again with a new membership: {}", failure.toString());
                rest();
            }
        }
    }

    private void rest() {
        try {
            pause.rest(BEFORE_A_NEW_MEMBERSHIP);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /** Leaves the group and ends the thread. */
    @Override
    public void close() {
        closed = true;
        ReplyIntake intake = current;
        if (intake != null) {
            intake.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
