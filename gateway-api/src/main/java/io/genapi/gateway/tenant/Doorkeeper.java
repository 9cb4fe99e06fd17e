package io.genapi.gateway.tenant;

import io.genapi.runtime.tenant.Tenants;
import java.util.Optional;
import java.util.function.Supplier;

/** Knows callers by their keys, and where there are none by whom they ask for. Thread-safe. */
public final class Doorkeeper {

    private final Supplier<Tenants> tenants;
    private final OwnNames names;

    /**
     * @param tenants those of the catalog that counts, asked for each caller
     * @param names by which it may be called while everybody may come in
     */
    public Doorkeeper(Supplier<Tenants> tenants, OwnNames names) {
        this.tenants = tenants;
        this.names = names;
    }

    /**
     * @param key what the caller shows
     * @param host whom it asks for, without a port; empty where it does not say
     */
    public Entry enter(Optional<String> key, Optional<String> host) {
        Tenants now = tenants.get();
        if (now.isEmpty()) {
            return host.filter(name -> !names.has(name))
                    .<Entry>map(Entry.Elsewhere::new)
                    .orElse(new Entry.Open());
        }
        return key.<Entry>map(
                        shown -> now.withKey(shown).<Entry>map(Entry.Known::new).orElse(new Entry.KeyUnknown()))
                .orElse(new Entry.KeyMissing());
    }
}
