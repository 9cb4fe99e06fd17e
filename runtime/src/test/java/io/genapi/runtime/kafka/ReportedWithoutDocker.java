package io.genapi.runtime.kafka;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Says by name which tests do not run because there is no container engine. Disabling them is Testcontainers' part. */
final class ReportedWithoutDocker implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean testClass = context.getTestMethod().isEmpty();
        if (testClass && !DockerClientFactory.instance().isDockerAvailable()) {
            System.out.println("NOT RUN: " + context.getDisplayName() + " because there is no container engine");
        }
        return ConditionEvaluationResult.enabled("reporting only");
    }
}
