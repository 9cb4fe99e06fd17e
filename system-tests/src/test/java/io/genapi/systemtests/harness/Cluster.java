package io.genapi.systemtests.harness;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three brokers, and two each of gateway, worker and store; one for all tests that ask for it. */
public final class Cluster extends Deployment {

    Cluster() {
        super(new Layout("cluster", 3, 12, 2, List.of("--journal", "20000"), Optional.empty(), Map.of()));
    }
}
