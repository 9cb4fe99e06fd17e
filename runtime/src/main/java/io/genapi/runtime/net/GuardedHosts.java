package io.genapi.runtime.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Looks up hosts that callers name. What it returns is to be dialled itself, without another look-up in between.
 * Thread-safe.
 */
public final class GuardedHosts {

    private final HostResolver resolver;
    private final AddressPolicy policy;

    public GuardedHosts(HostResolver resolver, AddressPolicy policy) {
        this.resolver = resolver;
        this.policy = policy;
    }

    /**
     * The addresses to dial, at least one. One that may not be dialled spoils the others: no honest name has both.
     *
     * @throws UnknownHostException if the name has no address
     * @throws ForbiddenAddressException if one of its addresses may not be connected to
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = resolver.resolve(host);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            Optional<String> objection = policy.objection(host, address);
            if (objection.isPresent()) {
                throw new ForbiddenAddressException(objection.get());
            }
        }
        return List.copyOf(addresses);
    }
}
