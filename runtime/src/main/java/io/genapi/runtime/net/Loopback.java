package io.genapi.runtime.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine as it calls itself. */
public final class Loopback {

    private Loopback() {}

    /**
     * Whether a server that listens there is reached from its own machine alone.
     *
     * @param address a name or an address; no address is for a web server every one, and for Java's look-up loopback
     */
    public static boolean isListening(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // The web server will tell; until then it is no address of which anything is known.
            return false;
        }
    }
}
