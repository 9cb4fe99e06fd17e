package io.genapi.inflight.run;

/**
 * Tells whether somebody else has finished a record already.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface DoneCheck<R> {
    boolean alreadyDone(R record) throws Exception;
}
