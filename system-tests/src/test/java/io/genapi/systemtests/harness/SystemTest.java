package io.genapi.systemtests.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test over processes: its constructor may ask for a shared {@link Cluster}, {@link Solo} or {@link LocalBroker}. The
 * first two are complete before each of its methods. Never runs beside one that shares its processes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedProcesses.class)
@ResourceLock(providers = ProcessLocks.class)
public @interface SystemTest {}
