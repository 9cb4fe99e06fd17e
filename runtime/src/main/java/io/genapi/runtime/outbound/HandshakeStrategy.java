package io.genapi.runtime.outbound;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * TLS as the JDK does it, whose failures can be told from those of a call that was under way: no request was sent yet.
 * Thread-safe.
 */
public final class HandshakeStrategy implements TlsSocketStrategy, TlsStrategy {

    private final DefaultClientTlsStrategy tls;

    private HandshakeStrategy(DefaultClientTlsStrategy tls) {
        this.tls = tls;
    }

    /** @param authorities trusted beside those that the JDK trusts */
    public static HandshakeStrategy trusting(List<X509Certificate> authorities) {
        try {
            return new HandshakeStrategy(new DefaultClientTlsStrategy(context(authorities)));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("the JDK's TLS does not work", impossible);
        }
    }

    private static SSLContext context(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            return SSLContext.getDefault();
        }
        List<X509Certificate> all = new ArrayList<>(authorities);
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager trusted) {
                all.addAll(List.of(trusted.getAcceptedIssuers()));
            }
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int number = 0; number < all.size(); number++) {
            store.setCertificateEntry("authority-" + number, all.get(number));
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(store), null);
        return context;
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
            throws IOException {
        try {
            return tls.upgrade(socket, target, port, attachment, context);
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    @Override
    public void upgrade(
            TransportSecurityLayer session,
            NamedEndpoint endpoint,
            @Nullable Object attachment,
            Timeout timeout,
            FutureCallback<TransportSecurityLayer> callback) {
        tls.upgrade(session, endpoint, attachment, timeout, new FutureCallback<>() {
            @Override
            public void completed(TransportSecurityLayer upgraded) {
                callback.completed(upgraded);
            }

            @Override
            public void failed(Exception failure) {
                callback.failed(failure instanceof IOException broken ? told(broken) : failure);
            }

            @Override
            public void cancelled() {
                callback.cancelled();
            }
        });
    }

    @Override
    @Deprecated
    public boolean upgrade(
            TransportSecurityLayer session,
            HttpHost host,
            SocketAddress local,
            SocketAddress remote,
            @Nullable Object attachment,
            Timeout timeout) {
        throw new UnsupportedOperationException("replaced by the one with a callback");
    }

    private static IOException told(IOException failure) {
        return failure instanceof SocketTimeoutException
                ? new ConnectTimeoutException("the TLS handshake took too long")
                : new HandshakeFailedException(failure);
    }
}
