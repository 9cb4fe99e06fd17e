package io.genapi.systemtests.harness;

import io.genapi.chaos.process.Spawned;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Starts each shared set of processes once, when first asked for; they are stopped after the last test. */
final class SharedProcesses implements ParameterResolver, TestWatcher {

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
