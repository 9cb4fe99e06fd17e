package io.genapi.systemtests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.process.Spawned;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Starts each shared set of processes once, when first asked for, and completes those of a test before it; they are
 * stopped after the last test.
 */
final class SharedProcesses implements ParameterResolver, BeforeEachCallback, AfterEachCallback, TestWatcher {

    private static final Namespace PROCESSES = Namespace.create(SharedProcesses.class);

    private static final Set<Class<?>> SHARED = Set.of(Cluster.class, Solo.class, LocalBroker.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return SHARED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        try {
            return context.getRoot()
                    .getStore(PROCESSES)
                    .computeIfAbsent(type, SharedProcesses::start, AutoCloseable.class);
        } catch (RuntimeException | AssertionError failure) {
            System.out.println(Spawned.report());
            throw failure;
        }
    }

    /** Whatever the test before it stopped, killed or changed: all is there again, and vendors behave. */
    @Override
    public void beforeEach(ExtensionContext context) {
        ExtensionContext.Store started = context.getRoot().getStore(PROCESSES);
        askedForBy(context.getRequiredTestClass())
                .filter(Deployment.class::isAssignableFrom)
                .flatMap(type -> Stream.ofNullable(started.get(type, Deployment.class)))
                .forEach(Deployment::complete);
    }

    /** What clients and the gateway said to each other is as the API's document has it. */
    @Override
    public void afterEach(ExtensionContext context) {
        ExtensionContext.Store started = context.getRoot().getStore(PROCESSES);
        askedForBy(context.getRequiredTestClass())
                .filter(LocalBroker.class::equals)
                .flatMap(type -> Stream.ofNullable(started.get(type, LocalBroker.class)))
                .forEach(broker -> assertEquals(List.of(), broker.line().problems()));
    }

    /** The kinds of shared processes that a test's constructor asks for. */
    static Stream<Class<?>> askedForBy(Class<?> test) {
        return Stream.of(test.getDeclaredConstructors())
                .<Class<?>>flatMap(constructor -> Stream.of(constructor.getParameterTypes()))
                .filter(SHARED::contains)
                .distinct();
    }

    private static AutoCloseable start(Class<?> type) {
        if (type == Cluster.class) {
            return new Cluster();
        }
        return type == Solo.class ? new Solo() : new LocalBroker();
    }

    @Override
    public void testFailed(ExtensionContext context, @org.jspecify.annotations.Nullable Throwable cause) {
        System.out.println("The processes when " + context.getDisplayName() + " failed:");
        System.out.println(Spawned.report() + DetachedBroker.report());
    }
}
