package io.genapi.systemtests.harness;

import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Lets one test over the {@link Cluster} run beside one over anything else. Two that share processes may not run at once, for
 * each of them stops, kills and changes what it has asked for; and more than two leave too little of a small machine to each.
 */
final class ProcessLocks implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> test) {
        boolean overCluster = SharedProcesses.askedForBy(test).anyMatch(Cluster.class::equals);
        return Set.of(new Lock(overCluster ? "the cluster" : "everything else"));
    }
}
