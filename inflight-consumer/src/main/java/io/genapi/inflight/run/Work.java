package io.genapi.inflight.run;

/**
 * One way of dealing with a record.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface Work<R> {

    /** Throwing means a failed attempt. */
    Verdict accept(R record) throws Exception;
}
