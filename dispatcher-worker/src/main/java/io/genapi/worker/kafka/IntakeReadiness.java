package io.genapi.worker.kafka;

import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.worker.intake.Intake;
import java.util.Optional;

/** Whether the worker takes jobs. */
public final class IntakeReadiness implements ReadinessCheck {

    private final Intake intake;

    public IntakeReadiness(Intake intake) {
        this.intake = intake;
    }

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public Optional<String> problem() {
        return intake.problem();
    }
}
