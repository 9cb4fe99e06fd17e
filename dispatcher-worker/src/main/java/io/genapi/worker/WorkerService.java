package io.genapi.worker;

import io.genapi.runtime.service.ServiceCommand;
import io.genapi.runtime.service.ServiceDefinition;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.worker.config.WorkerConfiguration;

/** The worker as a process of its own, and as a part of one that hosts several services. */
public final class WorkerService {

    public static final ServiceDefinition DEFINITION = new ServiceDefinition(
            Heartbeat.Service.WORKER,
            "worker",
            WorkerConfiguration.class,
            8081,
            "Takes jobs from Kafka, calls vendors, and publishes the results.");

    private WorkerService() {}

    public static void main(String[] arguments) {
        ServiceCommand.main(DEFINITION, arguments);
    }
}
