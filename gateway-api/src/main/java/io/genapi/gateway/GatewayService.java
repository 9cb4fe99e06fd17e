package io.genapi.gateway;

import io.genapi.gateway.config.GatewayConfiguration;
import io.genapi.runtime.service.ServiceCommand;
import io.genapi.runtime.service.ServiceDefinition;
import io.genapi.schemas.control.Heartbeat;

/** The HTTP front as a process. */
public final class GatewayService {

    public static final ServiceDefinition DEFINITION = new ServiceDefinition(
            Heartbeat.Service.GATEWAY,
            "gateway",
            GatewayConfiguration.class,
            8080,
            "Answers OpenAI's chat completions over HTTP: hands each request to Kafka and waits for its result.");

    private GatewayService() {}

    public static void main(String[] arguments) {
        ServiceCommand.main(DEFINITION, arguments);
    }
}
