package io.genapi.worker.admission;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.schemas.control.Sighting;
import io.genapi.schemas.control.Sighting.Down;
import io.genapi.schemas.control.Sighting.Fails;
import io.genapi.schemas.control.Sighting.Rests;
import io.genapi.schemas.control.Sighting.Up;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.admission.Hearsay.Told;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Whether calls may start: a destination that does not work is only tried, an account that asked for a rest has it, and
 * what recovers gets as many calls as it answers rather than all that have piled up. Thread-safe.
 */
public final class Admission {

    private final Function<Destination, Breaker> breakers;
    private final AdmissionRules rules;
    private final AdmissionNews news;
    private final Colleagues colleagues;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Account, Allowance> allowances = new ConcurrentHashMap<>();
    private final Map<VendorName, RetryBudget> budgets = new ConcurrentHashMap<>();
    private final Map<Destination, Checkpoint> checkpoints = new ConcurrentHashMap<>();

    /** Where jobs may be sent now; what is known of others is kept, since jobs may still be there. */
    private volatile Predicate<Destination> served = _ -> true;

    /**
     * @param breakers makes a new one for each destination
     * @param colleagues who share the accounts
     * @param random keeps workers apart that try the same destination
     */
    public Admission(
            Function<Destination, Breaker> breakers,
            AdmissionRules rules,
            AdmissionNews news,
            Colleagues colleagues,
            InstantSource clock,
            RandomGenerator random) {
        this.breakers = breakers;
        this.rules = rules;
        this.news = news;
        this.colleagues = colleagues;
        this.clock = clock;
        this.random = random;
    }

    /** From now on these are all that jobs may be sent to; what is known of those among them that were so before, stays. */
    public void serve(Set<Destination> destinations) {
        served = Set.copyOf(destinations)::contains;
    }

    /**
     * Leave to make a call now, if it may be made.
     *
     * @param retry whether the job was called for before, and it was not the vendor's bad hour that came of it
     */
    public Optional<Permit> admit(Destination destination, boolean retry) {
        RetryBudget budget =
                budgets.computeIfAbsent(destination.vendor(), _ -> new RetryBudget(rules.retryBudget(), clock));
        if (retry && !budget.mayRetry()) {
            news.refused(destination);
            return Optional.empty();
        }
        Optional<Permit> permit = checkpoint(destination).admit();
        if (permit.isPresent()) {
            if (retry) {
                budget.retried();
            } else {
                budget.called();
            }
        }
        return permit;
    }

    /** What the operator says of an account's limits. */
    public void declare(Account account, RateLimits limits) {
        allowance(account).declare(limits);
    }

    /** Another key is in its place, or somebody else: what it was told of rests and limits counts no longer. */
    public void renew(Account account) {
        allowance(account).renew();
        checkpoints.forEach((destination, checkpoint) -> {
            if (destination.account().equals(account)) {
                checkpoint.told(RateLimits.NONE);
                checkpoint.forget();
            }
        });
    }

    /** What a vendor has told of a destination's limits, beside an answer. */
    public void told(Destination destination, RateLimits limits) {
        if (!limits.equals(RateLimits.NONE)) {
            checkpoint(destination).told(limits);
        }
    }

    /** How many more calls may start now. */
    public int room(Destination destination) {
        return checkpoint(destination).room();
    }

    /** How many more calls may start now to where the vendor was ever called, or to accounts of it that never were. */
    public int room(VendorName vendor) {
        Map<Account, List<Checkpoint>> known = checkpoints.entrySet().stream()
                .filter(each -> each.getKey().vendor().equals(vendor) && served.test(each.getKey()))
                .collect(groupingBy(each -> each.getKey().account(), mapping(Map.Entry::getValue, toList())));
        long sum = known.values().stream().mapToLong(Admission::room).sum();
        return known.isEmpty() ? rules.mostCalls() : (int) Math.min(rules.mostCalls(), sum);
    }

    /** What was never called is known too, since it is watched; its room says nothing of what jobs wait for. */
    private static long room(List<Checkpoint> ofOneAccount) {
        List<Checkpoint> called =
                ofOneAccount.stream().filter(Checkpoint::wasEverCalled).toList();
        return called.isEmpty()
                ? ofOneAccount.stream().mapToLong(Checkpoint::room).max().orElse(0)
                : called.stream().mapToLong(Checkpoint::room).sum();
    }

    public Standing standing(Destination destination) {
        return checkpoint(destination).standing();
    }

    /** Whether it did the work of a call that started after that. */
    public boolean hasServedSince(Destination destination, Instant start) {
        return checkpoint(destination).lastServedStart().isAfter(start);
    }

    /** A job that tried often enough knows that the destination is down, though too few calls were made to tell. */
    public void suspend(Destination destination) {
        checkpoint(destination).suspend();
    }

    /** Another worker found out something. */
    public void hear(Sighting sighting) {
        Instant now = clock.instant();
        // A clock that is ahead must not make its word last.
        Instant at = sighting.at().isBefore(now) ? sighting.at() : now;
        Account account = new Account(sighting.vendor(), sighting.key());
        String worker = sighting.worker();
        switch (sighting.finding()) {
            case Fails fails ->
                known(account, fails.model()).ifPresent(there -> there.heardTrouble(worker, Told.of(at, fails)));
            case Down down ->
                known(account, down.model()).ifPresent(there -> there.heardTrouble(worker, Told.of(at, down)));
            case Up(var model) -> known(account, model).ifPresent(there -> there.heardUp(at));
            case Rests(var until) -> allowance(account).heard(until);
        }
    }

    private Optional<Checkpoint> known(Account account, String model) {
        Destination destination = new Destination(account, model);
        return served.test(destination) ? Optional.of(checkpoint(destination)) : Optional.empty();
    }

    private Checkpoint checkpoint(Destination destination) {
        return checkpoints.computeIfAbsent(
                destination,
                key -> new Checkpoint(
                        key,
                        breakers.apply(key),
                        allowance(key.account()),
                        new Pace(colleagues::workers, clock),
                        rules,
                        news,
                        colleagues,
                        clock,
                        random));
    }

    private Allowance allowance(Account account) {
        return allowances.computeIfAbsent(account, _ -> new Allowance(rules, colleagues::workers, clock));
    }
}
