package io.genapi.runtime.service;

import io.genapi.schemas.control.Heartbeat;

/**
 * One of the broker's services.
 *
 * @param name as in {@code genapi-gateway}
 * @param configuration the Spring configuration class that wires it
 * @param defaultPort of its HTTP endpoints
 */
public record ServiceDefinition(
        Heartbeat.Service service, String name, Class<?> configuration, int defaultPort, String description) {}
