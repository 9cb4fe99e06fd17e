package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Solo;
import io.genapi.systemtests.harness.SystemTest;
import io.genapi.systemtests.harness.TraceCollector.Recorded;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One trace from a caller's HTTP request to the vendor's, and back. */
@SystemTest
final class TracingIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    private final Solo solo;

    TracingIT(Solo solo) {
        this.solo = solo;
    }

    @Test
    void followsAJobThroughBothKafkaHopsToTheVendor() {
        Answer answer = solo.api().chat("traced", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
        assertEquals(200, answer.status(), answer::toString);

        String[] atVendor = solo.simulator()
                .callsAbout("traced")
                .getFirst()
                .path("headers")
                .path("traceparent")
                .asString("")
                .split("-", -1);
        assertEquals(4, atVendor.length, "the vendor got a traceparent");
        assertEquals(TRACE, atVendor[1], "the vendor saw the caller's trace");

        Eventually.holds(
                "the spans of both ways have come, each up to the caller's",
                () -> hasComeWithAncestors(SpanKind.SPAN_KIND_CLIENT, "genapi-worker")
                        && hasComeWithAncestors(SpanKind.SPAN_KIND_CONSUMER, "genapi-gateway"));
        Recorded server = find(SpanKind.SPAN_KIND_SERVER, "genapi-gateway").orElseThrow();
        Recorded call = find(SpanKind.SPAN_KIND_CLIENT, "genapi-worker").orElseThrow();
        Recorded reply = find(SpanKind.SPAN_KIND_CONSUMER, "genapi-gateway").orElseThrow();
        assertEquals(CALLER, server.parentId(), "the caller's span is the parent of the gateway's");
        assertEquals(call.spanId(), atVendor[2], "the vendor's parent is the worker's call");

        assertEquals(
                List.of(
                        "genapi-worker CLIENT",
                        "genapi-worker CONSUMER",
                        "genapi-gateway PRODUCER",
                        "genapi-gateway SERVER"),
                wayUp(call));
        assertEquals(
                List.of(
                        "genapi-gateway CONSUMER",
                        "genapi-worker PRODUCER",
                        "genapi-worker CONSUMER",
                        "genapi-gateway PRODUCER",
                        "genapi-gateway SERVER"),
                wayUp(reply));
    }

    private Optional<Recorded> find(SpanKind kind, String service) {
        return solo.traces().trace(TRACE).stream()
                .filter(span -> span.kind() == kind && span.service().equals(service))
                .findFirst();
    }

    /** Each process sends its spans when it likes: a parent, which ends after its child, often comes later. */
    private boolean hasComeWithAncestors(SpanKind kind, String service) {
        return find(kind, service)
                .map(span -> withAncestors(span).getLast().parentId().equals(CALLER))
                .orElse(false);
    }

    private List<String> wayUp(Recorded from) {
        return withAncestors(from).stream().map(TracingIT::shown).toList();
    }

    /** A span and its ancestors in the broker, nearest first, as far as they have come. */
    private List<Recorded> withAncestors(Recorded from) {
        Map<String, Recorded> byId =
                solo.traces().trace(TRACE).stream().collect(Collectors.toMap(Recorded::spanId, Function.identity()));
        return Stream.iterate(
                        Optional.of(from),
                        Optional::isPresent,
                        span -> span.map(Recorded::parentId).map(byId::get))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String shown(Recorded span) {
        return span.service() + " " + span.kind().name().replace("SPAN_KIND_", "");
    }
}
