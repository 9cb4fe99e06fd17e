package io.genapi.inflight.run;

/**
 * What is done with a record that is poison.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface LastResort<R> {
    void accept(R record, Throwable cause) throws Exception;
}
