package io.genapi.runtime.webhook;

import io.genapi.runtime.net.ForbiddenAddressException;
import io.genapi.runtime.net.GuardedHosts;
import io.genapi.runtime.net.HostResolver;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Looks up receivers' hosts. Thread-safe. */
public final class ReceiverHosts {

    private final ReceiverPolicy policy;
    private final HostResolver resolver;

    public ReceiverHosts(ReceiverPolicy policy, HostResolver resolver) {
        this.policy = policy;
        this.resolver = resolver;
    }

    /**
     * The addresses to dial for it, at least one.
     *
     * @throws UnknownHostException if its host has no address
     * @throws ForbiddenAddressException if one of them may not be connected to
     */
    public List<InetAddress> resolve(URI url) throws UnknownHostException {
        return resolve(url.getScheme(), url.getHost());
    }

    /** Likewise for who dials and knows no more than the scheme and the host. */
    public List<InetAddress> resolve(String scheme, String host) throws UnknownHostException {
        return new GuardedHosts(resolver, policy.addresses(scheme)).resolve(host);
    }

    /**
     * Why it would not be sent to now; empty if it would, and where its host is not known, which may come. What is dialled
     * later is looked up and looked at again.
     *
     * @param url one that the policy accepts
     */
    public Optional<String> objection(URI url) {
        try {
            resolve(url);
            return Optional.empty();
        } catch (ForbiddenAddressException forbidden) {
            return Optional.of(ReceiverPolicy.refusal(url, forbidden.purpose()));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }
}
