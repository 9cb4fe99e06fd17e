package io.genapi.store.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.run.Verdict;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.runtime.webhook.ReceiverSettings;
import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.store.sending.Hooks;
import io.genapi.store.sending.MessageRoom;
import io.genapi.store.sending.MessageWriter;
import io.genapi.store.sending.Receivers;
import io.genapi.store.sending.ResultReading;
import io.genapi.store.sending.Sender;
import io.genapi.store.sending.Shares;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class WebhookDeliveriesTest {

    private static final TopicNames TOPICS = TopicNames.STANDARD;

    private final WebhookEndpoint endpoint = Hooks.endpoint(URI.create("https://hooks.example.com/x"), Hooks.secret());
    private final Delivery delivery = Hooks.delivery(Hooks.event(EventType.JOB_SUCCEEDED), endpoint);
    private final Shares shares = new Shares(1, 1);
    private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    private final List<DeliveryAttempt> heard = new ArrayList<>();
    private int sent;
    private int refusals;

    private final WebhookDeliveries deliveries = new WebhookDeliveries(
            new Sender(
                    Hooks.only(endpoint),
                    ReceiverPolicy.of(new ReceiverSettings(List.of(), List.of(), false), "127.0.0.1"),
                    new MessageWriter((_, _) -> new ResultReading.Gone(), 0),
                    (_, _, _) -> {
                        sent++;
                        return new Receivers.Report(new Answered(200, Optional.empty(), "ok"), Duration.ZERO);
                    },
                    new MessageRoom(0),
                    () -> Hooks.NOW,
                    new Random(7)),
            shares,
            record -> {
                if (refusals-- > 0) {
                    return CompletableFuture.failedFuture(new TimeoutException("away"));
                }
                written.add(record);
                return CompletableFuture.completedFuture(record);
            },
            _ -> {},
            heard::add,
            TOPICS,
            4,
            "test",
            () -> Hooks.NOW);

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private ConsumerRecord<byte[], byte[]> due() {
        return consumed(DeliveryRecords.write(delivery, TOPICS.webhooks(), "test"));
    }

    private DeliveryAttempt told() {
        assertEquals(1, written.size());
        assertEquals(TOPICS.webhookAttempts(), written.getFirst().topic());
        return DeliveryAttemptRecords.read(consumed(written.getFirst())).orElseThrow();
    }

    @Test
    void tellsWhatCameOfAnAttemptBeforeItIsDone() throws Exception {
        assertEquals(Verdict.done(), deliveries.handle(due()));
        assertEquals(delivery, told().delivery());
        assertEquals(new Answered(200, Optional.empty(), "ok"), told().outcome());
        assertEquals(1, heard.size());
    }

    @Test
    void sendsNothingTwiceBecauseKafkaWasAway() throws Exception {
        refusals = 3;
        assertEquals(Verdict.done(), deliveries.handle(due()));
        assertEquals(1, sent);
        assertEquals(delivery, told().delivery());
    }

    @Test
    void waitsWhileItsEndpointHasItsShare() throws Exception {
        assertTrue(shares.enter(delivery));
        assertInstanceOf(Verdict.Later.class, deliveries.handle(due()));
        assertEquals(0, sent);
        shares.leave(delivery);
        assertEquals(Verdict.done(), deliveries.handle(due()));
        assertTrue(shares.enter(delivery), "a share is given back");
    }

    @Test
    void putsAwayWhatIsNoDelivery() throws Exception {
        ConsumerRecord<byte[], byte[]> rubbish = consumed(new ProducerRecord<>(
                TOPICS.webhooks(), null, null, "k".getBytes(UTF_8), "rubbish".getBytes(UTF_8), new RecordHeaders()));
        assertEquals(Verdict.done(), deliveries.handle(rubbish));
        deliveries.poison(rubbish, new IllegalStateException("a bug"));
        assertEquals(
                List.of(TOPICS.deadLetters(), TOPICS.deadLetters()),
                written.stream().map(ProducerRecord::topic).toList());
        assertEquals("rubbish", new String(written.getFirst().value(), UTF_8));
    }

    @Test
    void tellsAlsoOfWhatItCouldNotSendForAFaultOfItsOwn() throws Exception {
        deliveries.poison(due(), new IllegalStateException("a bug"));
        assertEquals(
                "not_sent", assertInstanceOf(Unanswered.class, told().outcome()).code());
    }
}
