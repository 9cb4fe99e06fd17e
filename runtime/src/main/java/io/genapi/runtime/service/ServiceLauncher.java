package io.genapi.runtime.service;

import java.security.Security;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts a service in this JVM. */
public final class ServiceLauncher {

    private static final String SECONDS_TO_REMEMBER_AN_ADDRESS = "30";

    private ServiceLauncher() {}

    /**
     * Starts the service and returns when it answers HTTP.
     *
     * @param properties settings by their full names ({@code genapi.kafka.bootstrap-servers}, {@code server.port}, …);
     *     they win over the environment and over {@code config/genapi-NAME.yaml}
     * @throws StartException if it cannot start for a reason that its user can mend
     */
    public static RunningService start(ServiceDefinition definition, Map<String, ?> properties) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        bridgeJavaUtilLogging();
        followNameChanges();
        SpringApplication application = new SpringApplication(definition.configuration());
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(defaults(definition));
        application.addInitializers(identity(definition));
        try {
            return new RunningService(application.run(asArguments(properties)));
        } catch (RuntimeException failure) {
            throw explained(failure);
        }
    }

    /** Tomcat logs through java.util.logging. */
    private static synchronized void bridgeJavaUtilLogging() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    /** Vendors move, and a JVM may be set up to remember an address for ever. */
    private static void followNameChanges() {
        String seconds = Security.getProperty("networkaddress.cache.ttl");
        if (seconds == null || seconds.strip().startsWith("-")) {
            Security.setProperty("networkaddress.cache.ttl", SECONDS_TO_REMEMBER_AN_ADDRESS);
        }
    }

    private static ApplicationContextInitializer<ConfigurableApplicationContext> identity(
            ServiceDefinition definition) {
        return context -> ((GenericApplicationContext) context).registerBean(ServiceDefinition.class, () -> definition);
    }

    private static Map<String, Object> defaults(ServiceDefinition definition) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put("spring.config.name", "genapi-" + definition.name());
        defaults.put("spring.threads.virtual.enabled", true);
        defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "40s");
        defaults.put("server.port", definition.defaultPort());
        defaults.put("server.address", "127.0.0.1");
        defaults.put("server.shutdown", "graceful");
        // Bodies are read by who handles them, up to a limit: this filter would read forms whole before that.
        defaults.put("spring.mvc.formcontent.filter.enabled", false);
        return defaults;
    }

    private static String[] asArguments(Map<String, ?> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    /** The failure in its user's words, where it is one that they can mend; else the failure. */
    private static RuntimeException explained(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StartException start -> {
                    return start;
                }
                case PortInUseException taken -> {
                    return new StartException(
                            "Port %d is in use. Stop what listens there, or choose another with --port."
                                    .formatted(taken.getPort()));
                }
                case ConfigurationPropertiesBindException unbound -> {
                    return new StartException("A setting is wrong: " + rootMessage(unbound));
                }
                default -> {}
            }
        }
        return failure;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return failure.getMessage() + ": " + root.getMessage();
    }
}
