package io.genapi.worker.telemetry;

import io.genapi.schemas.job.ModelName;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Failed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import io.genapi.worker.vendor.VendorRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Vendor calls that leave a span, a measurement and an entry in the vendor's record.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">OpenTelemetry's conventions</a>
 */
public final class ObservedVendorClient implements VendorClient {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10)
    };

    private final VendorClient vendors;
    private final Predicate<ModelName> knownModels;
    private final VendorRecord health;
    private final Tracer tracer;
    private final MeterRegistry meters;
    private final ErrorCounter errors;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /** @param knownModels those with a meter of their own; the names that a {@code "*"} route serves are endless */
    public ObservedVendorClient(
            VendorClient vendors,
            Predicate<ModelName> knownModels,
            VendorRecord health,
            Tracer tracer,
            MeterRegistry meters,
            InstantSource clock,
            LongSupplier nanos) {
        this.vendors = vendors;
        this.knownModels = knownModels;
        this.health = health;
        this.tracer = tracer;
        this.meters = meters;
        this.errors = new ErrorCounter(meters);
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public VendorOutcome call(VendorCall call) throws InterruptedException {
        Span span = start(call);
        long from = nanos.getAsLong();
        try (Scope _ = span.makeCurrent()) {
            VendorOutcome outcome = vendors.call(call);
            Duration took = Duration.ofNanos(nanos.getAsLong() - from);
            describe(outcome, span);
            timer(call, outcome).record(took);
            health.add(call, outcome, clock.instant(), took);
            return outcome;
        } catch (InterruptedException | RuntimeException failure) {
            span.setStatus(StatusCode.ERROR).recordException(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private Span start(VendorCall call) {
        String vendor = call.candidate().vendor().name().value();
        return tracer.spanBuilder("chat " + call.candidate().vendorModel())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", vendor)
                .setAttribute("gen_ai.system", vendor)
                .setAttribute("gen_ai.request.model", call.candidate().vendorModel())
                .setAttribute(
                        "server.address", call.candidate().vendor().baseUrl().getHost())
                .startSpan();
    }

    private void describe(VendorOutcome outcome, Span span) {
        switch (outcome) {
            case Completed(var completion) -> {
                span.setAttribute("http.response.status_code", 200);
                completion
                        .usage()
                        .ifPresent(usage -> span.setAttribute("gen_ai.usage.input_tokens", usage.inputTokens())
                                .setAttribute("gen_ai.usage.output_tokens", usage.outputTokens()));
            }
            case Failed failure -> {
                if (failure instanceof Refused refused) {
                    span.setAttribute("http.response.status_code", refused.status());
                }
                span.setAttribute("error.type", word(outcome)).setStatus(StatusCode.ERROR, failure.reason());
                errors.count(word(outcome), "vendor");
            }
        }
    }

    private Timer timer(VendorCall call, VendorOutcome outcome) {
        ModelName model = call.body().model();
        return Timer.builder("genapi.vendor.request.duration")
                .description("of single vendor calls, from connecting to the last byte")
                .serviceLevelObjectives(BUCKETS)
                .tag("vendor", call.candidate().vendor().name().value())
                .tag("model", knownModels.test(model) ? model.value() : "*")
                .tag("status_code", word(outcome))
                .register(meters);
    }

    /** The status where there is one, else a word. */
    private static String word(VendorOutcome outcome) {
        return switch (outcome) {
            case Completed _ -> "200";
            case Refused refused -> Integer.toString(refused.status());
            case Unreachable _ -> "unreachable";
            case Impossible _ -> "impossible";
            case TimedOut _ -> "timeout";
            case Broken _ -> "broken";
            case Unusable _ -> "unusable";
        };
    }
}
