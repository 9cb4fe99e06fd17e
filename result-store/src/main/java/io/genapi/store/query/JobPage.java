package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A piece of the list of jobs, newest first.
 *
 * @param more whether older jobs may follow
 * @param last where the next page goes on: everything newer has been looked at
 */
public record JobPage<T extends JobPage.Listed>(List<T> jobs, boolean more, Optional<JobId> last) {
    /** A job in a list. */
    public interface Listed {
        JobId id();
    }

    public JobPage {
        jobs = List.copyOf(jobs);
    }

    /** The page of all these pages together; it is never emptier than it must be. */
    public static <T extends Listed> JobPage<T> merge(Collection<JobPage<T>> pages, int limit) {
        // What is older than where a page broke off may have neighbours in it that nobody has seen yet.
        Optional<JobId> horizon = pages.stream()
                .filter(JobPage::more)
                .flatMap(page -> page.last().stream())
                .max(Comparator.naturalOrder());
        List<T> seen = pages.stream()
                .flatMap(page -> page.jobs().stream())
                .filter(job -> horizon.isEmpty() || job.id().compareTo(horizon.get()) >= 0)
                .sorted(Comparator.comparing(Listed::id, Comparator.reverseOrder()))
                .toList();
        List<T> jobs = seen.subList(0, Math.min(limit, seen.size()));
        boolean cut = jobs.size() < seen.size();
        Optional<JobId> lastJob =
                jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.getLast().id());
        return new JobPage<>(jobs, cut || horizon.isPresent(), cut ? lastJob : horizon.or(() -> lastJob));
    }
}
