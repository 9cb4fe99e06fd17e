package io.genapi.runtime.notice;

import io.genapi.runtime.control.ControlReader;
import io.genapi.runtime.reload.ReloadOutcome;
import io.genapi.schemas.control.CatalogNotice;
import io.genapi.schemas.control.CatalogNotice.Word;
import io.genapi.schemas.kafka.CatalogNoticeRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has other processes read the catalog, and reads it when one of them asks. All of it goes by Kafka, whose own access
 * control says who may ask: no key is sent anywhere. Thread-safe; hears between start and close.
 */
public final class CatalogNotices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogNotices.class);

    /** Who starts while it is asked for reads the file anyway. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(5);

    /** Who asks for more readings than this while one goes on gets no answer to the oldest of them. */
    private static final int MOST_WAITING = 16;

    private final String instance;
    private final Supplier<ReloadOutcome> reading;
    private final Function<CatalogNotice, ? extends CompletableFuture<?>> publisher;
    private final InstantSource clock;
    private final ControlReader control;
    private final Map<String, Question> questions = new ConcurrentHashMap<>();
    private final ExecutorService reader = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("catalog-reading").daemon().factory(),
            new ThreadPoolExecutor.DiscardOldestPolicy());

    /**
     * @param instance this process
     * @param reading reads the catalog here; may take as long as Kafka takes to make a topic
     * @param publisher writes a notice to the control topic; what it returns fails where Kafka does not take it
     * @param consumer without a group; its own from here on
     */
    public CatalogNotices(
            String instance,
            Supplier<ReloadOutcome> reading,
            Function<CatalogNotice, ? extends CompletableFuture<?>> publisher,
            Consumer<byte[], byte[]> consumer,
            String controlTopic,
            InstantSource clock) {
        this.instance = instance;
        this.reading = reading;
        this.publisher = publisher;
        this.clock = clock;
        this.control = ControlReader.ofRecent(
                "catalog-notices",
                consumer,
                controlTopic,
                LOOK_BACK,
                clock,
                record -> CatalogNoticeRecords.read(record).ifPresent(this::hear));
    }

    public void start() {
        control.start();
    }

    /** Has other processes read the catalog now. To be closed when their answers are of no use any longer. */
    public Question ask(Collection<String> instances) {
        Question question = new Question(instances);
        questions.put(question.id, question);
        var _ = say(question.id, new CatalogNotice.ReadNow()).whenComplete((_, failure) -> {
            if (failure != null) {
                question.answers.values().forEach(answer -> answer.completeExceptionally(failure));
            }
        });
        return question;
    }

    /** What others were asked. Thread-safe. */
    public final class Question implements AutoCloseable {

        private final String id = UUID.randomUUID().toString();
        private final Map<String, CompletableFuture<ReloadOutcome>> answers;

        private Question(Collection<String> instances) {
            answers = instances.stream()
                    .distinct()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new CompletableFuture<>()));
        }

        /** What one of those that were asked says, as soon as it does; fails if Kafka did not take the question. */
        public CompletableFuture<ReloadOutcome> of(String asked) {
            CompletableFuture<ReloadOutcome> answer = answers.get(asked);
            if (answer == null) {
                throw new IllegalArgumentException("'" + asked + "' was not asked");
            }
            return answer;
        }

        @Override
        public void close() {
            questions.remove(id);
        }
    }

    private void hear(CatalogNotice notice) {
        if (notice.instance().equals(instance)) {
            return;
        }
        switch (notice.word()) {
            case CatalogNotice.ReadNow() -> reader.execute(() -> readFor(notice.question()));
            case CatalogNotice.Applied(var changes) -> answered(notice, new ReloadOutcome.Applied(changes));
            case CatalogNotice.Unchanged() -> answered(notice, new ReloadOutcome.Unchanged());
            case CatalogNotice.Refused(var reason) -> answered(notice, new ReloadOutcome.Refused(reason));
        }
    }

    private void answered(CatalogNotice notice, ReloadOutcome outcome) {
        Question question = questions.get(notice.question());
        if (question != null && question.answers.containsKey(notice.instance())) {
            question.of(notice.instance()).complete(outcome);
        }
    }

    private void readFor(String question) {
        Word word = switch (reading.get()) {
            case ReloadOutcome.Applied(var changes) -> new CatalogNotice.Applied(changes);
            case ReloadOutcome.Unchanged() -> new CatalogNotice.Unchanged();
            case ReloadOutcome.Refused(var reason) -> new CatalogNotice.Refused(reason);
        };
        var _ = say(question, word).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.warn("It could not be told what came of reading the vendor catalog: {}", failure.toString());
            }
        });
    }

    /** Whatever goes wrong is the future's. */
    private CompletableFuture<?> say(String question, Word word) {
        try {
            return publisher.apply(new CatalogNotice(question, instance, clock.instant(), word));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
        control.close();
    }
}
