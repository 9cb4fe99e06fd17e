package io.genapi.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.TenantId;
import io.genapi.store.StoreClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that come, go, and come again. */
class StoreLifeTest {

    @TempDir
    private static Path directory;

    private static StoreKafka kafka;

    private final Samples samples = new Samples(Instant.now());
    private final List<RunningStore> running = new ArrayList<>();

    @BeforeAll
    static void startKafka() {
        kafka = StoreKafka.start(directory);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @AfterEach
    void stopStores() {
        running.forEach(RunningStore::close);
    }

    @Test
    void aStoreThatBeginsAnewEndsWhatIsDueAndNothingThatHasEnded() throws Exception {
        JobId ended = samples.id();
        JobId due = samples.id();
        RunningStore first = start("before");
        Instant deadline = Instant.now().plusSeconds(5);
        kafka.send(samples.request(ended, Lane.DEFAULT, deadline));
        kafka.send(samples.request(due, Lane.DEFAULT, deadline));
        assertEquals(200, first.client().job(due, Duration.ZERO).status());
        first.close();
        running.remove(first);
        kafka.send(samples.succeeded(ended, "{\"choices\":[]}"));

        // Its state comes back from Kafka alone, and it reads on where the first one stopped.
        StoreClient second = start("after").client();
        assertEquals("expired", second.job(due, Duration.ofSeconds(30)).field("status"));
        assertEquals("succeeded", second.job(ended, Duration.ZERO).field("status"));
    }

    @Test
    void whenAStoreGoesTheOtherTakesOverAndNeverDeniesAJob() throws Exception {
        RunningStore one = start("one");
        RunningStore other = start("other");
        RunningStore.awaitShared(one, other);
        List<JobId> ids = new ArrayList<>();
        for (int job = 0; job < 50; job++) {
            JobId id = samples.id();
            ids.add(id);
            kafka.send(samples.request(id, Lane.DEFAULT));
        }
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(one::close);
        HashSet<JobId> open = new HashSet<>(ids);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (JobId id : ids) {
                int status = other.client().job(id, Duration.ZERO).status();
                assertTrue(status == 200 || status == 503, () -> "status " + status);
                if (status == 200 && stopped.isDone()) {
                    open.remove(id);
                }
            }
            return open.isEmpty();
        });
    }

    @Test
    void jobsSurviveARestartWithAndWithoutTheStateDirectory() throws Exception {
        JobId open = samples.id();
        JobId done = samples.id();
        try (RunningStore store = start("restarted")) {
            kafka.send(samples.request(open, Lane.DEFAULT));
            kafka.send(samples.request(done, Lane.DEFAULT));
            kafka.send(samples.succeeded(done, "{\"choices\":[]}"));
            assertEquals(
                    "succeeded",
                    store.client().job(done, Duration.ofSeconds(30)).field("status"));
            assertEquals("queued", store.client().job(open, Duration.ZERO).field("status"));
        }
        for (String stateDirectory : List.of("restarted", "another")) {
            try (RunningStore store = start(stateDirectory)) {
                assertEquals("queued", store.client().job(open, Duration.ZERO).field("status"));
                assertEquals(
                        "{\"choices\":[]}",
                        new String(store.client().job(done, Duration.ZERO).slice("result"), UTF_8));
                // Nothing new has come since: the store must know that it knows everything.
                assertEquals(
                        404, store.client().job(samples.id(), Duration.ZERO).status());
            }
        }
    }

    @Test
    void countsWhatTenantsUseAcrossStoresAndRestarts() throws Exception {
        TenantId tenant = new TenantId("counted");
        String today = "/store/tenants?day=" + LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        try (RunningStore one = start("count-one");
                RunningStore other = start("count-other")) {
            RunningStore.awaitShared(one, other);
            for (int job = 0; job < 12; job++) {
                JobId id = samples.id();
                kafka.send(samples.request(id, tenant));
                if (job % 3 == 0) {
                    kafka.send(samples.succeeded(id, "{}"));
                    // Once more: neither counts twice.
                    kafka.send(samples.succeeded(id, "{}"));
                }
                assertEquals(
                        job % 3 == 0 ? "succeeded" : "queued",
                        one.client()
                                .job(id, Duration.ofMillis(job % 3 == 0 ? 30_000 : 0))
                                .field("status"));
            }
            for (RunningStore store : List.of(one, other)) {
                await().until(() -> use(store, today).equals("8/28"));
            }
        }
        for (String stateDirectory : List.of("count-one", "count-anew")) {
            try (RunningStore store = start(stateDirectory)) {
                await().until(() -> use(store, today).equals("8/28"));
            }
        }
    }

    @Test
    void aStateDirectoryThatAnotherStoreUsesIsRefusedWithTheRemedy() {
        start("shared");
        StartException refused = assertThrows(StartException.class, () -> start("shared"));
        assertTrue(refused.toString().contains("genapi.store.state-dir"), refused::toString);
    }

    private static String use(RunningStore store, String path) {
        Answer answer = store.client().get(path);
        return answer.field("counted", "open") + "/" + answer.field("counted", "tokens");
    }

    private RunningStore start(String name) {
        RunningStore store = kafka.startStore(name);
        running.add(store);
        return store;
    }
}
