package io.genapi.worker;

import io.genapi.schemas.control.Sighting.Finding;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.admission.Account;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.AdmissionNews;
import io.genapi.worker.admission.AdmissionRules;
import io.genapi.worker.admission.Colleagues;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.breaker.BreakerRules;
import io.genapi.worker.breaker.Resilience4jBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** Admission with the defaults of the settings. */
public final class Admissions {

    public static final BreakerRules BREAKER = new BreakerRules(
            50,
            20,
            10,
            Duration.ofMinutes(5),
            100,
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(10));

    private Admissions() {}

    /** Of the vendor's only key, as a catalog names it. */
    public static Destination destination(String vendor, String model) {
        return new Destination(new Account(new VendorName(vendor), "api-key"), model);
    }

    public static Admission of(InstantSource clock) {
        return of(100, clock, new Silence());
    }

    public static Admission of(int mostCalls, InstantSource clock, AdmissionNews news) {
        return of(mostCalls, clock, news, _ -> {});
    }

    /** @param told gets what it would tell the others, if there were any */
    public static Admission of(int mostCalls, InstantSource clock, AdmissionNews news, Consumer<Finding> told) {
        return of(mostCalls, clock, news, alone(told), Dice.lowest());
    }

    /** One of several that share their accounts. */
    public static Admission of(int mostCalls, InstantSource clock, Colleagues colleagues, RandomGenerator random) {
        return of(mostCalls, clock, new Silence(), colleagues, random);
    }

    private static Admission of(
            int mostCalls, InstantSource clock, AdmissionNews news, Colleagues colleagues, RandomGenerator random) {
        return new Admission(
                destination -> new Resilience4jBreaker(destination.toString(), BREAKER, clock),
                new AdmissionRules(mostCalls, BREAKER.probes(), Duration.ofSeconds(1), 20),
                news,
                colleagues,
                clock,
                random);
    }

    /** They are there, and say nothing. */
    public static Colleagues silent(IntSupplier workers) {
        return colleagues(workers, _ -> {});
    }

    private static Colleagues alone(Consumer<Finding> told) {
        return colleagues(() -> 1, told);
    }

    private static Colleagues colleagues(IntSupplier workers, Consumer<Finding> told) {
        return new Colleagues() {
            @Override
            public int workers() {
                return workers.getAsInt();
            }

            @Override
            public void tell(Account account, Instant at, Finding finding) {
                told.accept(finding);
            }
        };
    }

    private static final class Silence implements AdmissionNews {

        @Override
        public void down(Destination destination) {}

        @Override
        public void recovered(Destination destination) {}

        @Override
        public void rests(Account account, Instant until) {}

        @Override
        public void refused(Destination destination) {}
    }
}
