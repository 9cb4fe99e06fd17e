package io.genapi.worker.telemetry;

import static java.util.Objects.requireNonNull;

import io.genapi.worker.admission.Account;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.AdmissionNews;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.admission.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line when a vendor goes down, recovers or rests, and meters of how it stands. Thread-safe. */
public final class VendorWatch implements AdmissionNews {

    private static final Logger LOG = LoggerFactory.getLogger(VendorWatch.class);

    /** A vendor at its rate limit rests every few seconds, which is one piece of news and not many. */
    private static final Duration SAME_REST = Duration.ofMinutes(1);

    private final MeterRegistry meters;
    private final Map<Account, Instant> restTold = new ConcurrentHashMap<>();
    private final Map<Destination, List<Gauge>> gauges = new HashMap<>();

    public VendorWatch(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void down(Destination destination) {
        LOG.atWarn()
                .addKeyValue("vendor", destination.vendor())
                .addKeyValue("destination", destination)
                .log("A vendor is down; its jobs take another or are parked");
    }

    @Override
    public void recovered(Destination destination) {
        LOG.atInfo()
                .addKeyValue("vendor", destination.vendor())
                .addKeyValue("destination", destination)
                .log("A vendor answers again; its parked jobs are taken up");
    }

    @Override
    public void rests(Account account, Instant until) {
        Instant told = restTold.getOrDefault(account, Instant.MIN);
        if (until.isAfter(told.plus(SAME_REST))) {
            restTold.put(account, until);
            LOG.atWarn()
                    .addKeyValue("vendor", account.vendor())
                    .addKeyValue("account", account)
                    .addKeyValue("until", until)
                    .log("A vendor asks to be left alone; its jobs take another or are parked");
        }
    }

    @Override
    public void refused(Destination destination) {
        meters.counter(
                        "genapi.admission.refused",
                        "vendor",
                        destination.vendor().value())
                .increment();
    }

    /** Registers what there is to see of those destinations, and no longer shows any other. */
    public synchronized void show(Admission admission, Set<Destination> destinations) {
        Set<Destination> gone = new HashSet<>(gauges.keySet());
        gone.removeAll(destinations);
        gone.forEach(destination -> requireNonNull(gauges.remove(destination)).forEach(meters::remove));
        destinations.forEach(destination -> gauges.computeIfAbsent(destination, _ -> gauges(admission, destination)));
    }

    private List<Gauge> gauges(Admission admission, Destination destination) {
        return List.of(
                gauge(
                        "genapi.vendor.breaker.state",
                        "0 closed, 1 half open, 2 open",
                        admission,
                        destination,
                        VendorWatch::number),
                gauge("genapi.vendor.room", "calls that may start now", admission, destination, Standing::room),
                gauge("genapi.vendor.limit", "calls that may be in flight", admission, destination, Standing::limit),
                gauge("genapi.vendor.running", "calls in flight", admission, destination, Standing::running));
    }

    private static double number(Standing standing) {
        return switch (standing.breaker()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private Gauge gauge(
            String name,
            String description,
            Admission admission,
            Destination destination,
            ToDoubleFunction<Standing> value) {
        return Gauge.builder(name, admission, of -> value.applyAsDouble(of.standing(destination)))
                .description(description)
                .tag("vendor", destination.vendor().value())
                .tag("key", destination.account().key())
                .tag("model", destination.model())
                .register(meters);
    }
}
