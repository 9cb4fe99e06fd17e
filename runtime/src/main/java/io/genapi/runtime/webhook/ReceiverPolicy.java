package io.genapi.runtime.webhook;

import io.genapi.runtime.net.AddressPolicy;
import io.genapi.runtime.net.Loopback;
import io.genapi.runtime.service.StartException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which addresses of receivers are accepted: of the public internet by https, and what the configuration allows beside
 * them. Its {@link #addresses} are asked of what is dialled. Pure and immutable.
 */
public final class ReceiverPolicy {

    private static final int MOST_CHARACTERS = 2_048;
    private static final int HIGHEST_PORT = 65_535;
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

    /** As browsers have it: what ends in a number is an address, or a mistake, and no name. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final String OCTET = "(0|[1-9][0-9]{0,2})";
    private static final Pattern DOTTED = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private final AddressPolicy secure;
    private final AddressPolicy plain;

    private ReceiverPolicy(List<String> allow, List<String> allowHttp) {
        this.secure = AddressPolicy.allowing(
                Stream.concat(allow.stream(), allowHttp.stream()).toList());
        this.plain = AddressPolicy.only(allowHttp);
    }

    /**
     * As the settings have it.
     *
     * @param listening the address that this process listens on
     * @throws StartException if other machines reach this process, and it is to send to programs of its own machine
     */
    public static ReceiverPolicy of(ReceiverSettings settings, String listening) {
        if (!settings.allowLoopback()) {
            return new ReceiverPolicy(settings.allow(), settings.allowHttp());
        }
        if (!Loopback.isListening(listening)) {
            throw new StartException(
                    ("genapi.webhook.allow-loopback is true, and server.address is %s: whoever reaches it could send to"
                                    + " what listens on this machine alone. Set genapi.webhook.allow-loopback=false, and"
                                    + " name receivers that are not public in genapi.webhook.allow; or listen on 127.0.0.1.")
                            .formatted(listening.isBlank() ? "empty, which is every address" : listening));
        }
        return new ReceiverPolicy(
                settings.allow(),
                Stream.concat(settings.allowHttp().stream(), LOOPBACK.stream()).toList());
    }

    /** Which addresses may be dialled for a receiver. */
    public AddressPolicy addresses(URI url) {
        return addresses(url.getScheme());
    }

    AddressPolicy addresses(String scheme) {
        return "http".equalsIgnoreCase(scheme) ? plain : secure;
    }

    /** Reads the address of a receiver. No name is looked up. */
    public ReceiverReading read(String url) {
        if (url.length() > MOST_CHARACTERS) {
            return refused("it has more than %d characters".formatted(MOST_CHARACTERS));
        }
        try {
            URI address = new URI(url);
            return objection(address)
                    .<ReceiverReading>map(ReceiverReading.Refused::new)
                    .orElseGet(() -> new ReceiverReading.Accepted(address));
        } catch (URISyntaxException malformed) {
            return refused("it is no URL; write one such as https://hooks.example.com/genapi");
        }
    }

    /** Why a receiver is not sent to, as far as its address alone tells; empty if nothing speaks against it. */
    public Optional<String> objection(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || url.getRawAuthority() == null) {
            return Optional.of("it does not begin with https://");
        }
        return authority(url.getRawAuthority(), url)
                .or(() -> url.getRawFragment() == null
                        ? Optional.empty()
                        : Optional.of("it has a fragment, '#', which is never sent; leave it out"));
    }

    private Optional<String> authority(String authority, URI url) {
        if (authority.contains("@")) {
            return Optional.of(
                    "it has a user or a password before its host; what is sent is signed, so leave them out");
        }
        if (!authority.chars().allMatch(character -> character < 0x80)) {
            return Optional.of("its host has letters beyond ASCII; write it in punycode, which begins with xn--");
        }
        if (authority.contains("%")) {
            return Optional.of("its host has a '%' in it, an escape or a zone; write a plain name or address");
        }
        String host = hostOf(authority);
        if (NUMERIC.matcher(host).matches()
                && !(DOTTED.matcher(host).matches() && literal(host).isPresent())) {
            return Optional.of(
                    "its host is a number that may stand for any address; write a name, or an address as four"
                            + " decimal numbers");
        }
        if (url.getHost() == null) {
            return Optional.of("its host is no name and no address");
        }
        if (host.endsWith(".")) {
            return Optional.of("its host ends with a dot; leave that out");
        }
        if (url.getPort() == 0 || url.getPort() > HIGHEST_PORT) {
            return Optional.of("its port is %d; write one of 1 to 65535".formatted(url.getPort()));
        }
        return host(host, url);
    }

    private Optional<String> host(String host, URI url) {
        boolean isHere = host.equals("localhost") || host.endsWith(".localhost");
        Optional<InetAddress> known = isHere ? Optional.of(InetAddress.getLoopbackAddress()) : literal(host);
        if (isPlain(url) && !plain.mayAllow(host)) {
            return Optional.of(PLAIN_REMEDY);
        }
        return known.flatMap(address -> addresses(url).objection(host, address)).map(purpose -> refusal(url, purpose));
    }

    private static final String PLAIN_REMEDY = "it is not https; plain http is for receivers alone that an operator has"
            + " named in genapi.webhook.allow-http";

    /**
     * What is told of a host whose address may not be dialled; the address itself would tell what our network looks like.
     *
     * @param purpose in words that follow "an address of"
     */
    public static String refusal(URI url, String purpose) {
        return isPlain(url)
                ? "its host leads to an address of %s, and %s".formatted(purpose, PLAIN_REMEDY)
                : ("its host leads to an address of %s; webhooks go to the public internet, and to what an operator has"
                                + " named in genapi.webhook.allow")
                        .formatted(purpose);
    }

    private static boolean isPlain(URI url) {
        return "http".equalsIgnoreCase(url.getScheme());
    }

    /** As it is written, also where it is of no form that {@link URI} knows. */
    private static String hostOf(String authority) {
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        String host = end > 0 ? authority.substring(0, end) : authority;
        return host.toLowerCase(Locale.ROOT);
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            return Optional.of(InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    private static ReceiverReading refused(String reason) {
        return new ReceiverReading.Refused(reason);
    }
}
