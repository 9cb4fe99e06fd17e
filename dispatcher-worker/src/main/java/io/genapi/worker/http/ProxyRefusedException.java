package io.genapi.worker.http;

import java.io.IOException;
import java.io.Serial;

/** A proxy answered in the vendor's stead that it makes no connection; stays inside this package. */
final class ProxyRefusedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    ProxyRefusedException(int status) {
        super("the proxy answered with status " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}
