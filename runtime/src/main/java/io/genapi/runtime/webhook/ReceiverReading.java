package io.genapi.runtime.webhook;

import java.net.URI;

/** What the text of a receiver's address tells. */
public sealed interface ReceiverReading {

    /** It can be registered; what its host leads to is looked at whenever it is connected to. */
    record Accepted(URI url) implements ReceiverReading {}

    /** @param reason in words that follow "because", with the remedy */
    record Refused(String reason) implements ReceiverReading {}
}
