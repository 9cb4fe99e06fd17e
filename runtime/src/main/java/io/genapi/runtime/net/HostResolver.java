package io.genapi.runtime.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up names. Thread-safe. */
@FunctionalInterface
public interface HostResolver {

    /**
     * The addresses of a name, or the one that a text stands for itself; at least one.
     *
     * @throws UnknownHostException if there are none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** As the system looks them up. */
    static HostResolver ofSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
