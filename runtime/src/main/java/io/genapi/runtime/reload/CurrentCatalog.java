package io.genapi.runtime.reload;

import io.genapi.runtime.catalog.VendorCatalog;
import java.util.function.Supplier;

/**
 * The catalog that counts now. Who needs it more than once for one thing asks once: the next answer may be another one.
 * Thread-safe.
 */
public final class CurrentCatalog implements Supplier<VendorCatalog> {

    private volatile Edition edition;

    public CurrentCatalog(Edition first) {
        this.edition = first;
    }

    @Override
    public VendorCatalog get() {
        return edition.catalog();
    }

    public Edition edition() {
        return edition;
    }

    void replace(Edition next) {
        edition = next;
    }
}
