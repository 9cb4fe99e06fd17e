package io.genapi.worker.original;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.ResponseEcho;
import java.util.Optional;

/**
 * A request record with an idempotency key.
 *
 * @param job the key's
 * @param body not to be changed
 * @param beside what it says beside that
 * @param place where it lies
 * @param redrivenFrom where the record lay that it puts back, if it does
 */
@SuppressWarnings("ArrayRecordComponent") // A body is up to 10 MiB: it is handed on, never copied or compared.
public record KeyedRequest(
        JobId job, byte[] body, Optional<ResponseEcho> beside, RecordPlace place, Optional<RecordPlace> redrivenFrom) {

    BodyDigest digest() {
        return BodyDigest.of(body, beside);
    }

    /** Whether that is this record, or the one that it puts back. */
    boolean is(Original original) {
        return original.liesAt(place) || redrivenFrom.filter(original::liesAt).isPresent();
    }
}
