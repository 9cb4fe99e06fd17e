package io.genapi.simulator.dialect;

import io.genapi.simulator.ratelimit.Allowance;
import java.time.Duration;
import java.util.Optional;

/**
 * What the headers of an answer tell beside it.
 *
 * @param processing from the call's arrival to its answer
 * @param allowance empty for calls that no limit applies to
 */
public record CallFacts(CallIdentity identity, Duration processing, Optional<Allowance> allowance) {}
