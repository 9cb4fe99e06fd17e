package io.genapi.simulator.tls;

/** How the simulator is spoken to. Over TLS it takes HTTP/2 from clients that offer it. */
public enum Encryption {
    /** Plain HTTP/1.1. */
    NONE,
    /** TLS with a certificate that is in order, but that nobody has signed. */
    SELF_SIGNED,
    /** TLS with a certificate that was in order until five days ago; its signer, whom a client may trust, still is. */
    EXPIRED,
    /** TLS with a self-signed certificate in the name of {@code other.invalid}. */
    WRONG_HOST
}
