package io.genapi.runtime.tenant;

import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tenants that the catalog names. With none, the broker is open to whoever reaches it. Immutable. */
public final class Tenants {

    public static final Tenants NONE = new Tenants(List.of());

    private final Map<TenantId, Tenant> byId = new LinkedHashMap<>();
    private final Map<KeyHash, Tenant> byKey = new HashMap<>();

    /** @param tenants no two of one id, nor with one key */
    public Tenants(Collection<Tenant> tenants) {
        for (Tenant tenant : tenants) {
            byId.put(tenant.id(), tenant);
            tenant.keys().forEach(key -> byKey.put(key.hash(), tenant));
        }
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** In the order of the catalog. */
    public List<Tenant> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Tenant> find(TenantId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whose key that is. */
    public Optional<Tenant> withKey(String key) {
        return Optional.ofNullable(byKey.get(KeyHash.of(key)));
    }

    /** A tenant that the catalog does not name has no list of models, so it may name any. */
    public boolean allows(TenantId tenant, ModelName model) {
        return find(tenant).map(known -> known.models().allows(model)).orElse(true);
    }
}
