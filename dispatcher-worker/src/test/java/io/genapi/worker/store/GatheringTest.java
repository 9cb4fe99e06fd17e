package io.genapi.worker.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final Duration FOREVER = Duration.ofDays(1);

    private final List<Set<Integer>> asked = new CopyOnWriteArrayList<>();

    @Test
    void asManyAsMayGoTogetherWaitForNoMore() throws Exception {
        Gathering<Integer, String> gathering = new Gathering<>(10, FOREVER, this::numbers);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<String>>> answers = new ArrayList<>();
            for (int question = 0; question < 30; question++) {
                int number = question;
                answers.add(threads.submit(() -> gathering.ask(number)));
            }
            for (int question = 0; question < 30; question++) {
                assertEquals(
                        question % 3 == 0 ? Optional.empty() : Optional.of("number " + question),
                        answers.get(question).get());
            }
        }
        assertEquals(3, asked.size());
        asked.forEach(together -> assertEquals(10, together.size()));
    }

    @Test
    void oneAloneIsAskedWhenItHasWaited() throws Exception {
        Gathering<Integer, String> gathering = new Gathering<>(10, Duration.ZERO, this::numbers);
        assertEquals(Optional.of("number 1"), gathering.ask(1));
        assertEquals(Optional.empty(), gathering.ask(3));
        assertEquals(List.of(Set.of(1), Set.of(3)), asked);
    }

    @Test
    void whenTheOneWhoAskedForAllIsInterruptedTheOthersAskAnew() throws Exception {
        CountDownLatch atIt = new CountDownLatch(1);
        Gathering<Integer, String> gathering = new Gathering<>(2, FOREVER, questions -> {
            if (asked.isEmpty()) {
                asked.add(Set.copyOf(questions));
                atIt.countDown();
                new CountDownLatch(1).await();
            }
            return numbers(questions);
        });
        FutureTask<Optional<String>> first = new FutureTask<>(() -> gathering.ask(1));
        Thread asking = Thread.startVirtualThread(first);
        while (asking.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        FutureTask<Optional<String>> second = new FutureTask<>(() -> gathering.ask(2));
        Thread.startVirtualThread(second);
        atIt.await();
        asking.interrupt();
        FutureTask<Optional<String>> third = new FutureTask<>(() -> gathering.ask(4));
        Thread.startVirtualThread(third);

        assertEquals(
                InterruptedException.class,
                Objects.requireNonNull(assertThrows(ExecutionException.class, first::get)
                                .getCause())
                        .getClass());
        assertEquals(Optional.of("number 2"), second.get());
        assertEquals(Optional.of("number 4"), third.get());
        assertEquals(List.of(Set.of(1, 2), Set.of(2, 4)), asked);
    }

    /** Knows no multiples of three. */
    private Map<Integer, String> numbers(Set<Integer> questions) {
        asked.add(Set.copyOf(questions));
        return questions.stream()
                .filter(question -> question % 3 != 0)
                .collect(Collectors.toMap(Function.identity(), question -> "number " + question));
    }
}
