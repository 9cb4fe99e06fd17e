package io.genapi.gateway.webhook;

import java.net.URI;

/** Which addresses may be registered as receivers. Thread-safe. */
public interface Receivers {

    /** What a text is as a receiver's address. */
    sealed interface Reading {

        /** It can be registered. */
        record Accepted(URI url) implements Reading {}

        /** @param reason in words that follow "because", with the remedy */
        record Refused(String reason) implements Reading {}
    }

    /** Also looks up its host, which takes as long as that does. */
    Reading read(String url);
}
