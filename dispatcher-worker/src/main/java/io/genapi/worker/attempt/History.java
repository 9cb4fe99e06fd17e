package io.genapi.worker.attempt;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a job has been through: before it was last parked, and since. Not thread-safe. */
public final class History {

    private final Parking before;
    private final List<Attempt> since = new ArrayList<>();

    public History(Parking before) {
        this.before = before;
    }

    /** Of a job that was neither parked nor tried. */
    public static History none() {
        return new History(Parking.NONE);
    }

    public void add(Attempt attempt) {
        since.add(attempt);
    }

    /** Those made since the job was last parked, the latest last. Unmodifiable. */
    public List<Attempt> since() {
        return List.copyOf(since);
    }

    /** Whether the job was parked or set aside before. */
    public boolean isResumed() {
        return !before.equals(Parking.NONE);
    }

    /** Vendor calls made in all. */
    public int attempts() {
        return before.attempts() + since.size();
    }

    /** Those among them that used up one of the job's attempts. */
    public int countedAttempts() {
        return before.countedAttempts()
                + (int) since.stream().filter(Attempt::counts).count();
    }

    /** Spent in vendor calls, all together. */
    public Duration vendorTime() {
        return since.stream().map(Attempt::took).reduce(before.vendorTime(), Duration::plus);
    }

    /** When the very first call started. */
    public Optional<Instant> firstAttemptAt() {
        return before.firstAttemptAt().or(() -> since.stream().findFirst().map(Attempt::startedAt));
    }

    /** When the first of the attempts started that may count; those that were given back do not. */
    public Instant triedSince() {
        Instant here = since.getFirst().startedAt();
        return before.countedAttempts() > 0 ? before.firstAttemptAt().orElse(here) : here;
    }

    /** Who was called last; not told across parking. */
    public Optional<VendorName> lastVendor() {
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(since.getLast().candidate().vendor().name());
    }

    /** What that vendor calls the very last call; not told across parking. */
    public Optional<VendorRequestId> lastVendorRequestId() {
        return since.isEmpty() ? Optional.empty() : since.getLast().vendorRequestId();
    }

    /** Whether no further call to the candidate's vendor makes sense, until the job is parked. */
    private boolean rulesOut(Candidate candidate) {
        return since.stream()
                .anyMatch(attempt -> attempt.outcome() instanceof VendorOutcome.Impossible
                        && attempt.candidate()
                                .vendor()
                                .name()
                                .equals(candidate.vendor().name()));
    }

    /** Those of the candidates that are not ruled out. */
    public List<Candidate> left(List<Candidate> candidates) {
        return candidates.stream().filter(each -> !rulesOut(each)).toList();
    }

    /** What the last attempt published that published any of its answer; not told across parking. */
    public Optional<PublishedRun> published() {
        return since.reversed().stream()
                .flatMap(attempt -> attempt.published().stream())
                .findFirst();
    }

    /** What the very last attempt published of its answer. */
    public Optional<PublishedRun> publishedLast() {
        return since.isEmpty() ? Optional.empty() : since.getLast().published();
    }

    /** Whether the candidate was called since the job was last parked. */
    public boolean hasTried(Candidate candidate) {
        return since.stream().map(Attempt::candidate).anyMatch(candidate::equals);
    }

    /** What the job has been through if it is set aside now, where it is. */
    public Parking setAside() {
        return new Parking(before.number(), attempts(), countedAttempts(), vendorTime(), firstAttemptAt());
    }

    /** What the job has been through if it is parked now: its vendor's bad hour uses up none of its attempts. */
    public Parking parkedForTrouble() {
        return parked(0);
    }

    /** What the job has been through if it is parked now, for no other reason than that it cannot be called for. */
    public Parking parked() {
        return parked(countedAttempts());
    }

    private Parking parked(int counted) {
        return new Parking(before.number() + 1, attempts(), counted, vendorTime(), firstAttemptAt());
    }
}
