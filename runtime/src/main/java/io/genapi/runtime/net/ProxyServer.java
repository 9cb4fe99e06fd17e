package io.genapi.runtime.net;

import io.genapi.runtime.secret.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who makes connections in our stead, by HTTP's {@code CONNECT} where they are TLS.
 *
 * @param login what it asks for, if it does
 */
public record ProxyServer(String host, int port, Optional<Login> login) {

    private static final int USUAL_PORT = 80;

    /** A name and a password. */
    public record Login(String user, Secret password) {}

    /** Reads {@code http://HOST:PORT}, with {@code USER:PASSWORD@} before the host or not; empty if it is not that. */
    public static Optional<ProxyServer> read(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text.strip() : "http://" + text.strip());
            if (!"http".equals(Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT))
                    || uri.getHost() == null) {
                return Optional.empty();
            }
            return Optional.of(new ProxyServer(
                    uri.getHost(),
                    uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                    Optional.ofNullable(uri.getRawUserInfo()).map(ProxyServer::login)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Login login(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return new Login(decoded(user), new Secret(decoded(password).toCharArray()));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without its login. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
