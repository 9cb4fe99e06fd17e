package io.genapi.runtime.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which addresses may be connected to on behalf of callers: those of the public internet, and what the configuration
 * allows beside them. Asked of the address that is dialled, not of a name, which may lead elsewhere the next moment.
 * Immutable.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special addresses of IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">and of IPv6</a>
 */
public final class AddressPolicy {

    /** In the order in which they are looked at. */
    private static final Map<AddressRange, String> SPECIAL = special(
            "169.254.169.254/32", "a cloud's metadata service",
            "168.63.129.16/32", "a cloud's metadata service",
            "100.100.100.200/32", "a cloud's metadata service",
            "fd00:ec2::254/128", "a cloud's metadata service",
            "0.0.0.0/8", "this machine",
            "127.0.0.0/8", "this machine",
            "10.0.0.0/8", "a private network",
            "172.16.0.0/12", "a private network",
            "192.168.0.0/16", "a private network",
            "100.64.0.0/10", "a provider's inner network",
            "169.254.0.0/16", "the local link",
            "192.0.0.0/24", "a reserved purpose",
            "192.0.2.0/24", "documentation",
            "198.51.100.0/24", "documentation",
            "203.0.113.0/24", "documentation",
            "192.88.99.0/24", "a relay to IPv6",
            "198.18.0.0/15", "measurements",
            "224.0.0.0/4", "many receivers",
            "240.0.0.0/4", "a reserved purpose",
            "::1/128", "this machine",
            "::/128", "this machine",
            "::ffff:0:0:0/96", "an address of IPv4 in disguise",
            "::/96", "an address of IPv4 in disguise",
            "64:ff9b::/96", "an address of IPv4 in disguise",
            "64:ff9b:1::/48", "an address of IPv4 in disguise",
            "2002::/16", "an address of IPv4 in disguise",
            "2001::/32", "an address of IPv4 in disguise",
            "2001::/23", "a reserved purpose",
            "2001:db8::/32", "documentation",
            "3fff::/20", "documentation",
            "fc00::/7", "a private network",
            "fe80::/10", "the local link",
            "fec0::/10", "a private network",
            "ff00::/8", "many receivers");

    /** All of IPv6 that is given out to the public. */
    private static final AddressRange PUBLIC_VERSION_6 = AddressRange.of("2000::/3");

    private final Set<String> allowedHosts;
    private final List<AddressRange> allowedRanges;
    private final boolean isPublicAllowed;

    private AddressPolicy(Set<String> allowedHosts, List<AddressRange> allowedRanges, boolean isPublicAllowed) {
        this.allowedHosts = Set.copyOf(allowedHosts);
        this.allowedRanges = List.copyOf(allowedRanges);
        this.isPublicAllowed = isPublicAllowed;
    }

    /**
     * A policy that makes exceptions.
     *
     * @param allowed names of hosts, addresses and ranges such as {@code 10.1.0.0/16}
     */
    public static AddressPolicy allowing(List<String> allowed) {
        return of(allowed, true);
    }

    /** A policy that allows nothing else, of the public internet neither. */
    public static AddressPolicy only(List<String> allowed) {
        return of(allowed, false);
    }

    private static AddressPolicy of(List<String> allowed, boolean isPublicAllowed) {
        List<AddressRange> ranges = new ArrayList<>();
        Set<String> hosts = allowed.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .filter(entry -> AddressRange.read(entry).map(ranges::add).isEmpty())
                .map(AddressPolicy::canonical)
                .collect(Collectors.toSet());
        return new AddressPolicy(hosts, ranges, isPublicAllowed);
    }

    /** Whether there are addresses that may be connected to under that name. */
    public boolean mayAllow(String host) {
        return isPublicAllowed || !allowedRanges.isEmpty() || allowedHosts.contains(canonical(host));
    }

    /**
     * Why an address may not be connected to, in words that follow "it is an address of"; empty if it may.
     *
     * @param host as it was asked for
     * @param address to be dialled
     */
    public Optional<String> objection(String host, InetAddress address) {
        if (allowedHosts.contains(canonical(host))
                || allowedRanges.stream().anyMatch(range -> range.contains(address))) {
            return Optional.empty();
        }
        for (Map.Entry<AddressRange, String> special : SPECIAL.entrySet()) {
            if (special.getKey().contains(address)) {
                return Optional.of(special.getValue());
            }
        }
        boolean isPublic = address instanceof Inet4Address || PUBLIC_VERSION_6.contains(address);
        if (!isPublic) {
            return Optional.of("a reserved purpose");
        }
        return isPublicAllowed ? Optional.empty() : Optional.of("the public internet");
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Map<AddressRange, String> special(String... rangesAndPurposes) {
        Map<AddressRange, String> special = new LinkedHashMap<>();
        for (int at = 0; at < rangesAndPurposes.length; at += 2) {
            special.put(AddressRange.of(rangesAndPurposes[at]), rangesAndPurposes[at + 1]);
        }
        return special;
    }
}
