package io.genapi.runtime.outbound;

import java.io.IOException;
import java.io.Serial;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** No secure connection came about, before anything was sent. */
public final class HandshakeFailedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    HandshakeFailedException(IOException cause) {
        super(cause);
    }

    /** What is wrong with the other side's certificate, in words that follow "it"; empty if nothing is. */
    public Optional<String> distrust() {
        @Nullable String found = null;
        // The innermost cause that says anything of a certificate knows best.
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            found = switch (cause) {
                case CertificateExpiredException _ -> "has expired";
                case CertificateNotYetValidException _ -> "is not valid yet";
                case CertPathBuilderException _ -> "is signed by nobody whom this broker trusts";
                case CertPathValidatorException _ -> "is signed by nobody whom this broker trusts";
                case SSLPeerUnverifiedException _ -> "is for another host";
                case CertificateException other when isAboutTheHost(other) -> "is for another host";
                case CertificateException _ -> "is not acceptable";
                default -> found;
            };
        }
        return Optional.ofNullable(found);
    }

    /** The JDK has no type for it. */
    private static boolean isAboutTheHost(CertificateException failure) {
        return String.valueOf(failure.getMessage()).startsWith("No ");
    }
}
