package io.genapi.simulator.dialect;

import java.time.Instant;

/**
 * What makes an answer this call's and no other's; its content comes from the request alone.
 *
 * @param id 32 hex digits, different for every call of a simulator
 * @param created when the call arrived
 */
public record CallIdentity(String id, Instant created) {}
