package io.genapi.runtime.service;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Which process this is.
 *
 * @param instance unique among all processes of all services
 */
public record ProcessIdentity(ServiceDefinition definition, String instance) {

    /** An identity that tells people the host and the process, and that no other process has. */
    public static ProcessIdentity mint(ServiceDefinition definition, RandomGenerator random) {
        String suffix = HexFormat.of().toHexDigits(random.nextInt());
        return new ProcessIdentity(
                definition,
                "%s-%s-%d-%s"
                        .formatted(
                                definition.name(),
                                host(),
                                ManagementFactory.getRuntimeMXBean().getPid(),
                                suffix));
    }

    /** This process as CloudEvents' {@code source}. */
    public String source() {
        return "/genapi/" + definition.name() + "/" + instance;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
