package io.genapi.runtime.reload;

import io.genapi.runtime.reload.ReloadOutcome.Applied;
import io.genapi.runtime.reload.ReloadOutcome.Refused;
import io.genapi.runtime.reload.ReloadOutcome.Unchanged;
import io.genapi.runtime.service.ProcessIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one process says when it is told to read the catalog, as JSON.
 *
 * @param outcome {@code applied}, {@code unchanged}, {@code refused}, or {@code silent} of one that did not answer
 * @param changes of the catalog, if it was applied
 * @param reason present if it was refused, or of who is silent
 */
public record ReloadAnswer(
        String service,
        String instance,
        String outcome,
        List<String> changes,
        @Nullable String reason) {

    /** Where a single process is told to. */
    public static final String PATH = "/catalog/read";

    public ReloadAnswer {
        changes = List.copyOf(changes);
    }

    public static ReloadAnswer of(ProcessIdentity process, ReloadOutcome outcome) {
        return of(process.definition().name(), process.instance(), outcome);
    }

    public static ReloadAnswer of(String service, String instance, ReloadOutcome outcome) {
        return switch (outcome) {
            case Applied(var changes) -> new ReloadAnswer(service, instance, "applied", changes, null);
            case Unchanged() -> new ReloadAnswer(service, instance, "unchanged", List.of(), null);
            case Refused(var reason) -> new ReloadAnswer(service, instance, "refused", List.of(), reason);
        };
    }

    /** @param reason why nobody knows what it did, in a sentence */
    public static ReloadAnswer silent(String service, String instance, String reason) {
        return new ReloadAnswer(service, instance, "silent", List.of(), reason);
    }
}
