package io.genapi.benchmarks.contender;

/** A way of consuming. */
public enum Kind {
    /** One {@code InflightConsumer}. */
    ENGINE,
    /** Consumers of a share group (KIP-932), each of which takes a batch when it has finished the one before. */
    SHARE,
    /** Plain consumers, each of which takes one record after the other. */
    CLASSIC
}
