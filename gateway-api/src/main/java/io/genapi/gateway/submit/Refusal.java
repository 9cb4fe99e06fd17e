package io.genapi.gateway.submit;

import java.nio.file.Path;

/** Why a job was not taken. Nothing of it is durable, so handing it in again is safe. */
public sealed interface Refusal {

    /** No partition's results come to this gateway, yet or any longer. */
    record NoPartitions() implements Refusal {}

    /** The disk that Kafka writes to is nearly full; sizes in bytes. */
    record DiskFull(Path directory, long free, long required) implements Refusal {}

    /** As many calls wait as may. */
    record TooManyWaiting(int limit) implements Refusal {}

    /** This gateway is on its way out. */
    record Stopping() implements Refusal {}
}
