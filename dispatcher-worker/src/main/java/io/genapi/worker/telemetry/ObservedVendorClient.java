package io.genapi.worker.telemetry;

import io.genapi.schemas.job.ModelName;
import io.genapi.worker.stream.ChunkSink;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Failed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import io.genapi.worker.vendor.VendorRecord;
import io.genapi.worker.vendor.VendorStreams;
import io.micrometer.core.instrument.DistributionSummary;
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
public final class ObservedVendorClient implements VendorClient, VendorStreams {

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
    private final VendorStreams streams;
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
            VendorStreams streams,
            Predicate<ModelName> knownModels,
            VendorRecord health,
            Tracer tracer,
            MeterRegistry meters,
            InstantSource clock,
            LongSupplier nanos) {
        this.vendors = vendors;
        this.streams = streams;
        this.knownModels = knownModels;
        this.health = health;
        this.tracer = tracer;
        this.meters = meters;
        this.errors = new ErrorCounter(meters);
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public VendorAnswer call(VendorCall call) throws InterruptedException {
        return observe(call, (_, _) -> vendors.call(call));
    }

    @Override
    public VendorAnswer stream(VendorCall call, ChunkSink sink) throws InterruptedException {
        return observe(call, (span, from) -> {
            span.setAttribute("gen_ai.request.stream", true);
            StreamWatch watch = new StreamWatch(sink, nanos, from);
            try {
                return streams.stream(call, watch);
            } finally {
                describe(call, watch, span);
            }
        });
    }

    @FunctionalInterface
    private interface Work {
        VendorAnswer run(Span span, long from) throws InterruptedException;
    }

    private VendorAnswer observe(VendorCall call, Work work) throws InterruptedException {
        Span span = start(call);
        long from = nanos.getAsLong();
        try (Scope _ = span.makeCurrent()) {
            VendorAnswer answer = work.run(span, from);
            VendorOutcome outcome = answer.outcome();
            Duration took = Duration.ofNanos(nanos.getAsLong() - from);
            describe(outcome, span);
            answer.requestId().ifPresent(id -> span.setAttribute("genapi.vendor.request_id", id.value()));
            timer(call, outcome).record(took);
            health.add(call, outcome, clock.instant(), took);
            return answer;
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

    /** @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/">OpenTelemetry's conventions</a> */
    private void describe(VendorCall call, StreamWatch watch, Span span) {
        span.setAttribute("genapi.stream.chunks", watch.chunks());
        watch.untilFirst().ifPresent(took -> {
            span.setAttribute("gen_ai.response.time_to_first_chunk", took.toNanos() / 1e9);
            Timer.builder("gen_ai.client.operation.time_to_first_chunk")
                    .description("of streamed answers, from connecting to the vendor's first chunk")
                    .serviceLevelObjectives(BUCKETS)
                    .tag("gen_ai.operation.name", "chat")
                    .tag(
                            "gen_ai.provider.name",
                            call.candidate().vendor().name().value())
                    .tag("gen_ai.request.model", modelTag(call))
                    .register(meters)
                    .record(took);
            DistributionSummary.builder("genapi.vendor.stream.chunks")
                    .description("of one streamed answer, also of one that broke off")
                    .tag("vendor", call.candidate().vendor().name().value())
                    .tag("model", modelTag(call))
                    .register(meters)
                    .record(watch.chunks());
        });
    }

    private String modelTag(VendorCall call) {
        ModelName model = call.body().model();
        return knownModels.test(model) ? model.value() : "*";
    }

    private Timer timer(VendorCall call, VendorOutcome outcome) {
        return Timer.builder("genapi.vendor.request.duration")
                .description("of single vendor calls, from connecting to the last byte")
                .serviceLevelObjectives(BUCKETS)
                .tag("vendor", call.candidate().vendor().name().value())
                .tag("model", modelTag(call))
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
            case Unprepared _ -> "unprepared";
            case TimedOut _ -> "timeout";
            case Broken _ -> "broken";
            case Unusable _ -> "unusable";
        };
    }
}
