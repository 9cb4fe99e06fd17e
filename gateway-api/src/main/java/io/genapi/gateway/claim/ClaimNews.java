package io.genapi.gateway.claim;

/** Hears how large bodies travel. */
public interface ClaimNews {

    /** One was put away. */
    void putAway();

    /** One could not be, and travels in its record. */
    void inRecord();
}
