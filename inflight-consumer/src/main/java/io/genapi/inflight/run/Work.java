package io.genapi.inflight.run;

/**
 * One way of dealing with a record.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface Work<R> {
    void accept(R record) throws Exception;
}
