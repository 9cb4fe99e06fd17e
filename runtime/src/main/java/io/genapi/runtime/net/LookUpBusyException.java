package io.genapi.runtime.net;

import java.io.Serial;
import java.net.UnknownHostException;

/** A host was not looked up, for there was no room for it here; that says nothing of the host. */
public final class LookUpBusyException extends UnknownHostException {

    @Serial
    private static final long serialVersionUID = 1L;

    LookUpBusyException() {
        super("too many hosts are being looked up");
    }
}
