package io.genapi.store.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobPageTest {

    private record Job(JobId id) implements JobPage.Listed {}

    @Test
    void pagesOfManyPartsTogetherListEachJobOnceNewestFirst() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int limit = 1 + random.nextInt(7);
            List<List<Job>> parts = new ArrayList<>();
            for (int part = 0; part < 1 + random.nextInt(5); part++) {
                parts.add(jobs(random, random.nextInt(20)));
            }
            List<Job> all = parts.stream()
                    .flatMap(Collection::stream)
                    .sorted(newestFirst())
                    .toList();
            assertEquals(all, readThrough(parts, limit, 1 + random.nextInt(9)));
        }
    }

    @Test
    void whatLiesBehindTheEndOfAPartThatWasNotReadToItsEndWaitsForTheNextPage() {
        List<Job> jobs = jobs(new Random(5), 4);
        JobPage<Job> brokenOff =
                new JobPage<>(List.of(), true, Optional.of(jobs.get(1).id()));
        JobPage<Job> whole = new JobPage<>(
                List.of(jobs.get(0), jobs.get(3)),
                false,
                Optional.of(jobs.get(3).id()));
        JobPage<Job> merged = JobPage.merge(List.of(brokenOff, whole), 10);
        assertEquals(
                new JobPage<>(
                        List.of(jobs.get(0)), true, Optional.of(jobs.get(1).id())),
                merged);
    }

    @Test
    void nothingIsAnEmptyPage() {
        assertEquals(new JobPage<Job>(List.of(), false, Optional.empty()), JobPage.merge(List.of(), 10));
    }

    /** Reads page after page, each part looking at no more than a few jobs at a time. */
    private static List<Job> readThrough(List<List<Job>> parts, int limit, int mostSeen) {
        List<Job> read = new ArrayList<>();
        Optional<JobId> after = Optional.empty();
        boolean more = true;
        while (more) {
            Optional<JobId> from = after;
            JobPage<Job> page = JobPage.merge(
                    parts.stream()
                            .map(part -> part(part, from, Math.min(limit, mostSeen)))
                            .toList(),
                    limit);
            read.addAll(page.jobs());
            after = page.last();
            more = page.more();
        }
        return read;
    }

    private static JobPage<Job> part(List<Job> part, Optional<JobId> after, int most) {
        List<Job> older = part.stream()
                .filter(job -> after.isEmpty() || job.id().compareTo(after.get()) < 0)
                .toList();
        List<Job> jobs = older.subList(0, Math.min(most, older.size()));
        Optional<JobId> last =
                jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.getLast().id());
        return new JobPage<>(jobs, jobs.size() < older.size(), last);
    }

    private static List<Job> jobs(Random random, int count) {
        List<Job> jobs = new ArrayList<>();
        for (int job = 0; job < count; job++) {
            jobs.add(new Job(JobId.mint(Instant.ofEpochMilli(1_000_000 + random.nextInt(50)), random)));
        }
        jobs.sort(newestFirst());
        return jobs;
    }

    private static Comparator<Job> newestFirst() {
        return Collections.reverseOrder(Comparator.comparing(Job::id));
    }
}
