package io.genapi.gateway.tenant;

import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.net.Loopback;
import io.genapi.runtime.reload.CatalogFollower;
import io.genapi.runtime.service.StartException;
import io.genapi.runtime.tenant.Tenants;
import java.nio.file.Path;

/**
 * Where a gateway may be open to everybody: on this machine alone, or where its operator says so; and never because
 * somebody has changed the catalog while it asks for keys.
 */
public final class OpenDoorRule implements CatalogFollower {

    private final Path catalog;
    private volatile boolean closed;

    /**
     * @param catalog the file, for what is told
     * @param address that the gateway listens on
     * @param allowed whether the operator says that it may be open wherever it listens
     * @throws StartException if it would be open to other machines, and that is not allowed
     */
    public OpenDoorRule(Tenants first, Path catalog, String address, boolean allowed) {
        this.catalog = catalog;
        this.closed = !first.isEmpty();
        if (!closed && !allowed && !Loopback.isListening(address)) {
            throw new StartException(
                    ("The gateway is to listen on %s, and tenants in %s is empty, so that everybody could"
                                    + " use it. Name tenants, and give them keys with ./genapi keys create NAME; or"
                                    + " listen on 127.0.0.1; or, where something else keeps strangers out, say"
                                    + " genapi.gateway.open=true.")
                            .formatted(
                                    address.isBlank() ? "every address (server.address is empty)" : address, catalog));
        }
    }

    @Override
    public void prepare(VendorCatalog next) {
        if (closed && next.tenants().isEmpty()) {
            throw new StartException(
                    ("tenants in %s is empty, but a gateway that asks for keys does not open to everybody while it runs."
                                    + " Name at least one tenant, or start the gateway again.")
                            .formatted(catalog));
        }
    }

    @Override
    public void follow(VendorCatalog next) {
        closed = !next.tenants().isEmpty();
    }
}
