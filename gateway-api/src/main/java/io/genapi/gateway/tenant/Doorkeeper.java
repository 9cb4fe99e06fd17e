package io.genapi.gateway.tenant;

import io.genapi.runtime.tenant.Tenants;
import java.util.Optional;
import java.util.function.Supplier;

/** Knows callers by their keys. Thread-safe. */
public final class Doorkeeper {

    private final Supplier<Tenants> tenants;

    /** @param tenants those of the catalog that counts, asked for each caller */
    public Doorkeeper(Supplier<Tenants> tenants) {
        this.tenants = tenants;
    }

    /** @param key what the caller shows */
    public Entry enter(Optional<String> key) {
        Tenants now = tenants.get();
        if (now.isEmpty()) {
            return new Entry.Open();
        }
        return key.<Entry>map(
                        shown -> now.withKey(shown).<Entry>map(Entry.Known::new).orElse(new Entry.KeyUnknown()))
                .orElse(new Entry.KeyMissing());
    }
}
