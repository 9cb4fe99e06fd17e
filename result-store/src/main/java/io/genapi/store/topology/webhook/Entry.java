package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import java.time.Instant;

/** Something of one event for one endpoint, at a time. */
record Entry(EndpointId endpoint, Instant at, EventId event) {}
