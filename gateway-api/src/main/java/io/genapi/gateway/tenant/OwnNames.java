package io.genapi.gateway.tenant;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By which names an open gateway may be called. A browser can be led to this machine under a name of a stranger's
 * (<a href="https://en.wikipedia.org/wiki/DNS_rebinding">DNS rebinding</a>), whose pages then count as the gateway's own;
 * only {@code Host} tells. Immutable.
 */
public final class OwnNames {

    /** Of a gateway that is open to whoever reaches it, however. */
    public static final OwnNames ANY = new OwnNames(Set.of(), true);

    private final Set<String> names;
    private final boolean any;

    private OwnNames(Set<String> names, boolean any) {
        this.names = names;
        this.any = any;
    }

    /** @param names beside {@code localhost} and the addresses of loopback */
    public static OwnNames of(Collection<String> names) {
        return new OwnNames(names.stream().map(OwnNames::plain).collect(Collectors.toUnmodifiableSet()), false);
    }

    /** @param name without a port; an IPv6 address with its brackets or without */
    boolean has(String name) {
        String plain = plain(name);
        return any || plain.equals("localhost") || names.contains(plain) || isLoopback(plain);
    }

    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return lower.substring(1, lower.length() - 1);
        }
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isLoopback(String name) {
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException noLiteral) {
            return false;
        }
    }
}
