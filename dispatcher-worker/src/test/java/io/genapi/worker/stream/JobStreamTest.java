package io.genapi.worker.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JobStreamTest {

    private static final RunId RUN = new RunId("00000000");

    private final List<JobDelta> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Void>> acknowledgements = Collections.synchronizedList(new ArrayList<>());
    private final JobStream stream = new JobStreams(
                    delta -> {
                        sent.add(delta);
                        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
                        acknowledgements.add(acknowledgement);
                        return acknowledgement;
                    },
                    new VirtualTime(),
                    Dice.lowest())
            .begin(Samples.job(), Samples.body(Samples.BODY));

    @Test
    void numbersThePiecesOfOneRunAndMarksTheLastOfAWholeAnswer() throws Exception {
        take(Chunks.saying("a", "b"));
        acknowledge();
        assertEquals(3, sent.size(), "what may be the last is held");
        CompletableFuture<Optional<PublishedRun>> ended = CompletableFuture.supplyAsync(() -> stream.end(true));
        await().until(() -> sent.size() == 4);
        assertFalse(ended.isDone(), "it waits until the last piece is durable");
        acknowledge();
        assertEquals(Optional.of(new PublishedRun(RUN, 4)), ended.get(30, SECONDS));
        stream.requireDelivered();
        assertEquals(
                LongStream.range(0, 4).boxed().toList(),
                sent.stream().map(JobDelta::seq).toList());
        assertEquals(
                List.of(false, false, false, true),
                sent.stream().map(JobDelta::last).toList());
        assertTrue(new String(sent.getFirst().body(), UTF_8).contains("\"model\":\"gpt-4o\""));
        assertEquals(Samples.job().id(), sent.getFirst().id());
    }

    @Test
    void publishesNothingMoreOfAnAnswerThatBrokeOff() throws Exception {
        take(Chunks.saying("a", "b"));
        acknowledge();
        assertEquals(Optional.of(new PublishedRun(RUN, 3)), stream.end(false));
        assertEquals(3, sent.size());
        assertTrue(sent.stream().noneMatch(JobDelta::last));
    }

    @Test
    void publishesNothingOfAnAnswerThatOnlyBegan() throws Exception {
        stream.take(Chunks.saying("a").getFirst());
        assertEquals(Optional.empty(), stream.end(false));
        assertEquals(List.of(), sent);
    }

    @Test
    void countsUpToThePieceThatKafkaDidNotTake() throws Exception {
        take(Chunks.saying("a", "b", "c"));
        acknowledgements.get(0).complete(null);
        acknowledgements.get(1).complete(null);
        acknowledgements.get(2).completeExceptionally(new IllegalStateException("no room"));
        acknowledgements.get(3).complete(null);
        assertEquals(Optional.of(new PublishedRun(RUN, 2)), stream.end(true));
        assertThrows(UndeliveredException.class, stream::requireDelivered);
        assertEquals(4, sent.size(), "nothing is sent behind a gap");
    }

    @Test
    void stopsAsSoonAsAPieceIsKnownNotToBeTaken() throws Exception {
        take(Chunks.saying("a").subList(0, 2));
        acknowledgements.getFirst().completeExceptionally(new IllegalStateException("no room"));
        ObjectNode next = Chunks.delta("{\"content\":\"b\"}");
        assertThrows(UndeliveredException.class, () -> stream.take(next));
        assertEquals(Optional.empty(), stream.end(false));
    }

    @Test
    void letsOnlySoManyPiecesBeOnTheirWay() throws Exception {
        CompletableFuture<Void> all = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 600; i++) {
                    stream.take(Chunks.delta("{\"content\":\"x\"}"));
                }
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        await().until(() -> sent.size() == 500);
        assertFalse(all.isDone());
        for (int at = 0; at < 500; at++) {
            acknowledgements.get(at).complete(null);
        }
        all.get(30, SECONDS);
        assertEquals(600, sent.size());
    }

    @Test
    void endsAWholeAnswerAlsoIfItsThreadIsInterrupted() throws Exception {
        take(Chunks.saying("a"));
        acknowledge();
        Thread.currentThread().interrupt();
        CompletableFuture<Void> acknowledging = CompletableFuture.runAsync(() -> {
            await().until(() -> sent.size() == 3);
            acknowledge();
        });
        assertEquals(Optional.of(new PublishedRun(RUN, 3)), stream.end(true));
        assertTrue(Thread.interrupted());
        acknowledging.get(30, SECONDS);
        stream.requireDelivered();
    }

    private void take(List<ObjectNode> chunks) throws InterruptedException {
        for (ObjectNode chunk : chunks) {
            stream.take(chunk);
        }
    }

    private void acknowledge() {
        List.copyOf(acknowledgements).forEach(each -> each.complete(null));
    }
}
