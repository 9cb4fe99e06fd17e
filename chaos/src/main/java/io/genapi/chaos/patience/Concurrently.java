package io.genapi.chaos.patience;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Many things at once, each in a virtual thread of its own. */
public final class Concurrently {

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private Concurrently() {}

    /** Starts the task; its failure is that of the future. */
    public static <T> CompletableFuture<T> start(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, THREADS);
    }

    /** Starts the task for 0 to n-1. */
    public static <T> List<CompletableFuture<T>> start(int n, IntFunction<T> task) {
        List<CompletableFuture<T>> started = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int number = i;
            started.add(start(() -> task.apply(number)));
        }
        return started;
    }

    /** All results, in order; the first failure is thrown as it is. */
    public static <T> List<T> join(List<CompletableFuture<T>> futures) {
        try {
            return futures.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** Runs the task for 0 to n-1 and returns all results, in order. */
    public static <T> List<T> map(int n, IntFunction<T> task) {
        return join(start(n, task));
    }
}
