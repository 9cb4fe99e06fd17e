package io.genapi.benchmarks;

/** Something that goes there and back. Called from many threads at once. */
@FunctionalInterface
interface RoundTrip {

    /** Returns when the answer is there, and throws if it is not the right one. */
    void go() throws Exception;
}
