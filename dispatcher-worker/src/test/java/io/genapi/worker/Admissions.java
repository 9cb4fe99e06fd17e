package io.genapi.worker;

import io.genapi.schemas.job.VendorName;
import io.genapi.worker.admission.Account;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.AdmissionNews;
import io.genapi.worker.admission.AdmissionRules;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.breaker.BreakerRules;
import io.genapi.worker.breaker.Resilience4jBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;

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
        return of(mostCalls, clock, news, () -> 1);
    }

    /** One of several that share their accounts. */
    public static Admission of(int mostCalls, InstantSource clock, IntSupplier workers) {
        return of(mostCalls, clock, new Silence(), workers);
    }

    private static Admission of(int mostCalls, InstantSource clock, AdmissionNews news, IntSupplier workers) {
        return new Admission(
                destination -> new Resilience4jBreaker(destination.toString(), BREAKER, clock),
                new AdmissionRules(mostCalls, BREAKER.probes(), Duration.ofSeconds(1), 20),
                news,
                workers,
                clock);
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
