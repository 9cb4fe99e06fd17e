package io.genapi.runtime.net;

import java.io.Serial;
import java.net.UnknownHostException;

/** It is not known in time whether a host has an address. */
public final class LookUpTimeoutException extends UnknownHostException {

    @Serial
    private static final long serialVersionUID = 1L;

    LookUpTimeoutException() {
        super("no answer in time");
    }
}
