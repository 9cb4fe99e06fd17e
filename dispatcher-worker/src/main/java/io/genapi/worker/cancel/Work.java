package io.genapi.worker.cancel;

/** What a job is worked on with: it blocks its thread, and an interrupt ends it. */
@FunctionalInterface
public interface Work<T> {

    T run() throws InterruptedException;
}
