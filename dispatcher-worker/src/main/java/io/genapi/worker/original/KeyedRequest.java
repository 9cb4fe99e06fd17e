package io.genapi.worker.original;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.RecordPlace;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request record with an idempotency key.
 *
 * @param job the key's
 * @param digested of all that it asks; told only where it is needed
 * @param place where it lies
 * @param redrivenFrom where the record lay that it puts back, if it does
 */
public record KeyedRequest(
        JobId job, Supplier<BodyDigest> digested, RecordPlace place, Optional<RecordPlace> redrivenFrom) {

    BodyDigest digest() {
        return digested.get();
    }

    /** Whether that is this record, or the one that it puts back. */
    boolean is(Original original) {
        return original.liesAt(place) || redrivenFrom.filter(original::liesAt).isPresent();
    }
}
