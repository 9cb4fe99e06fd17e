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

    /** Where a process is told to. */
    public static final String PATH = "/catalog/read";

    public ReloadAnswer {
        changes = List.copyOf(changes);
    }

    public static ReloadAnswer of(ProcessIdentity process, ReloadOutcome outcome) {
        String service = process.definition().name();
        return switch (outcome) {
            case Applied(var changes) -> new ReloadAnswer(service, process.instance(), "applied", changes, null);
            case Unchanged() -> new ReloadAnswer(service, process.instance(), "unchanged", List.of(), null);
            case Refused(var reason) -> new ReloadAnswer(service, process.instance(), "refused", List.of(), reason);
        };
    }
}
