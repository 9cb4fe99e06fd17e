package io.genapi.store;

import io.genapi.runtime.service.ServiceCommand;
import io.genapi.runtime.service.ServiceDefinition;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.store.config.StoreConfiguration;

/** The result store as a process. */
public final class StoreService {
    public static final ServiceDefinition DEFINITION = new ServiceDefinition(
            Heartbeat.Service.STORE,
            "store",
            StoreConfiguration.class,
            8082,
            "Keeps every job's state and finds its result: Kafka Streams over requests, events and results.");

    private StoreService() {}

    public static void main(String[] arguments) {
        ServiceCommand.main(DEFINITION, arguments);
    }
}
