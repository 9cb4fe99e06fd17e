package io.genapi.runtime.reload;

import io.genapi.runtime.catalog.VendorCatalog;

/** A part of the process that has to know of another catalog before that counts. Called by one thread at a time. */
@FunctionalInterface
public interface CatalogFollower {

    /**
     * Does what can fail, and nothing that would matter if the catalog then did not come to count.
     *
     * @throws io.genapi.runtime.service.StartException if it cannot be followed now; it is tried again
     */
    default void prepare(VendorCatalog next) {}

    /** Every follower is prepared, and this catalog counts from the next moment on. Does not fail. */
    void follow(VendorCatalog next);
}
