package io.genapi.worker.config;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Credential;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.reload.CatalogFollower;
import io.genapi.worker.admission.Account;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.telemetry.VendorWatch;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells admission and meters where the catalog leads. What is known of destinations that stay is kept; what a vendor said
 * to a key is forgotten with the key or the address. Not thread-safe.
 */
final class Destinations implements CatalogFollower {

    /** Whom a vendor speaks to. */
    private record Access(URI address, Optional<Credential> key) {}

    private final Admission admission;
    private final VendorWatch watch;
    private Map<Account, Access> known = Map.of();

    Destinations(VendorCatalog first, Admission admission, VendorWatch watch) {
        this.admission = admission;
        this.watch = watch;
        follow(first);
    }

    @Override
    public void follow(VendorCatalog next) {
        List<Candidate> candidates = next.routes().stream()
                .flatMap(route -> route.candidates().stream())
                .toList();
        Map<Account, Access> accounts = new HashMap<>();
        for (Candidate candidate : candidates) {
            Account account = Account.of(candidate);
            Access access = new Access(candidate.vendor().baseUrl(), candidate.credential());
            if (accounts.put(account, access) == null && !access.equals(known.getOrDefault(account, access))) {
                admission.renew(account);
            }
            admission.declare(account, candidate.vendor().limits());
        }
        known = Map.copyOf(accounts);
        var destinations = candidates.stream().map(Destination::of).collect(Collectors.toUnmodifiableSet());
        admission.serve(destinations);
        watch.show(admission, destinations);
    }
}
