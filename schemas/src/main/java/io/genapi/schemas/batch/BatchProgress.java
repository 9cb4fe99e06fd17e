package io.genapi.schemas.batch;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a batch has come. Only the gateway that runs it moves it on.
 *
 * @param times since when it has been, or was, in each state that it has reached, but the first
 * @param model that its requests name, once that is known
 * @param output the file with the answers, where there are some
 * @param error the file with the errors, where there are some
 */
public record BatchProgress(
        BatchStatus status,
        Map<BatchStatus, Instant> times,
        BatchCounts counts,
        Optional<String> model,
        List<BatchFault> faults,
        Optional<FileId> output,
        Optional<FileId> error) {

    public static final BatchProgress BEGINNING = new BatchProgress(
            BatchStatus.VALIDATING,
            Map.of(),
            BatchCounts.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    public BatchProgress {
        times = Map.copyOf(times);
        faults = List.copyOf(faults);
    }

    /** Since when it has been in a state, if it has reached it. */
    public Optional<Instant> since(BatchStatus reached) {
        return Optional.ofNullable(times.get(reached));
    }

    /** The same in another state; the time of one that it has been in before stays. */
    public BatchProgress moved(BatchStatus to, Instant at) {
        Map<BatchStatus, Instant> later = new EnumMap<>(BatchStatus.class);
        later.putAll(times);
        later.putIfAbsent(to, at);
        return new BatchProgress(to, later, counts, model, faults, output, error);
    }

    public BatchProgress counting(BatchCounts now) {
        return new BatchProgress(status, times, now, model, faults, output, error);
    }

    public BatchProgress of(String itsModel) {
        return new BatchProgress(status, times, counts, Optional.of(itsModel), faults, output, error);
    }

    public BatchProgress with(List<BatchFault> found) {
        return new BatchProgress(status, times, counts, model, found, output, error);
    }

    public BatchProgress with(Optional<FileId> itsOutput, Optional<FileId> itsError) {
        return new BatchProgress(status, times, counts, model, faults, itsOutput, itsError);
    }
}
