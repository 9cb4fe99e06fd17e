package io.genapi.worker.original;

import io.genapi.schemas.job.Original;

/** What a request record with an idempotency key is. */
public sealed interface Originality {

    /** The first of its key: the one that is run. */
    record First() implements Originality {}

    /** The first one's body once more: it is the same job. */
    record Repetition() implements Originality {}

    /** Another request under a key that stands for the original. */
    record Misuse(Original original) implements Originality {}

    /** The store knows all that Kafka held, and none of the key's requests any more: no other one can still be run. */
    record Forgotten() implements Originality {}

    /** Nobody can say yet. */
    record Unclear() implements Originality {}
}
