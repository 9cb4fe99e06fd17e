package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far each of many jobs has come. There is no job, for certain, that was asked for and is in neither list. One that is in
 * both has come so far at least.
 *
 * @param unknown those of which all that there is cannot be said now; asking again helps
 */
public record Standings(List<Standing> known, List<JobId> unknown) {

    public static final Standings NONE = new Standings(List.of(), List.of());

    public Standings {
        known = List.copyOf(known);
        unknown = List.copyOf(unknown);
    }

    /** Those of two parts of the table together. */
    public Standings and(Standings other) {
        return new Standings(
                Stream.concat(known.stream(), other.known.stream()).toList(),
                Stream.concat(unknown.stream(), other.unknown.stream()).toList());
    }
}
