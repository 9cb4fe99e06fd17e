package io.genapi.worker.kafka;

import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.Admissions;
import io.genapi.worker.AttemptRunners;
import io.genapi.worker.Samples;
import io.genapi.worker.ScriptedOriginals;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.dispatch.Dispatcher;
import io.genapi.worker.original.OriginalCheck;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.result.ResultPublisher;
import io.genapi.worker.route.Router;
import io.genapi.worker.telemetry.ErrorCounter;
import io.genapi.worker.vendor.VendorClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.SplittableRandom;

/** The intake of a worker whose two vendors are one piece of code, in virtual time. */
final class Intakes {

    private Intakes() {}

    static JobIntake of(
            VendorClient vendors,
            ResultPublisher results,
            ScriptedSender kafka,
            ScriptedOriginals originals,
            VirtualTime time) {
        var random = new SplittableRandom(1);
        Dispatcher dispatcher = new Dispatcher(
                Samples.NO_BODIES,
                new Router(Samples::twoVendors, _ -> new OpenAiDialect(), random, time),
                Admissions.of(time),
                AttemptRunners.whole(vendors, time, time::nanos, random),
                new RetryPolicy(3, Duration.ofSeconds(2), false, random),
                time,
                new JobEnds(time),
                results,
                _ -> {},
                (_, _) -> {},
                new Cancellations(1),
                Duration.ofDays(1),
                time);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ErrorCounter errors = new ErrorCounter(meters);
        return new JobIntake(
                TopicNames.STANDARD,
                dispatcher,
                new ParkedJobs(kafka, TopicNames.STANDARD, "/test", time, time, errors, meters),
                new DeadLetters(kafka, TopicNames.STANDARD.deadLetters(), time, errors),
                new OriginalCheck(originals, time, time),
                new Telemetry(OpenTelemetry.noop()),
                time);
    }
}
