package io.genapi.gateway.webhook;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.SigningSecret;

/** What came of asking for an endpoint. */
public sealed interface EndpointOutcome {

    /** It is as it was asked for. */
    record Done(KnownEndpoint endpoint) implements EndpointOutcome {}

    /** It has a new secret, which is shown this once. */
    record Secret(KnownEndpoint endpoint, SigningSecret secret) implements EndpointOutcome {}

    /** @param original what the idempotency key stands for */
    record KeyReused(EndpointId original) implements EndpointOutcome {}

    /** The request was granted before, and the secret that was shown then is not shown any more. */
    record MadeBefore(EndpointId id) implements EndpointOutcome {}

    /** @param limit endpoints of one tenant */
    record TooMany(int limit) implements EndpointOutcome {}

    /** @param problem of the secret that it has, which this gateway cannot open */
    record Unreadable(EndpointId id, String problem) implements EndpointOutcome {}

    /** The tenant has no such endpoint. */
    record NotFound() implements EndpointOutcome {}
}
