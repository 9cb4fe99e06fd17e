package io.genapi.systemtests.harness;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import java.util.List;

/** Three brokers, and two each of gateway, worker and store; one for all tests that ask for it. */
public final class Cluster extends Deployment {

    Cluster() {
        super(
                Checkout.installation(),
                Checkout.emptyDirectory("cluster"),
                Layout.simulated(3, 12, 2, 2, 2, List.of("--journal", "20000")));
    }
}
