package io.genapi.runtime.net;

import java.io.Serial;
import java.net.UnknownHostException;

/** A host leads to where no caller may send us; nothing was connected to. */
public final class ForbiddenAddressException extends UnknownHostException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String purpose;

    /** @param purpose in words that follow "it is an address of" */
    ForbiddenAddressException(String purpose) {
        super("an address of " + purpose);
        this.purpose = purpose;
    }

    /** What its addresses are for; the address itself would tell a caller what our network looks like. */
    public String purpose() {
        return purpose;
    }
}
