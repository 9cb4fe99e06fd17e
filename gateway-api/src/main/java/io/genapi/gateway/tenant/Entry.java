package io.genapi.gateway.tenant;

import io.genapi.runtime.tenant.Tenant;

/** As whom a caller comes in, or why not. */
public sealed interface Entry {

    /** As anybody: the catalog names no tenants. */
    record Open() implements Entry {}

    /** The caller asks for somebody else, and whoever names this gateway so may have been led here. */
    record Elsewhere(String name) implements Entry {}

    /** As a tenant, by its key. */
    record Known(Tenant tenant) implements Entry {}

    /** The caller shows no key, and it needs one. */
    record KeyMissing() implements Entry {}

    /** The caller shows a key that is no tenant's. */
    record KeyUnknown() implements Entry {}
}
