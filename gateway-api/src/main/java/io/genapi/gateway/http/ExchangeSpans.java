package io.genapi.gateway.http;

import io.genapi.runtime.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Server spans (<a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">OpenTelemetry's conventions for
 * HTTP</a>), as children of what the request's {@code traceparent} says. Thread-safe.
 */
final class ExchangeSpans {

    private final Telemetry telemetry;

    ExchangeSpans(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    Span start(HttpServletRequest request) {
        Context parent = telemetry.propagator().extract(Context.root(), request, RequestGetter.INSTANCE);
        Span span = telemetry
                .tracer()
                .spanBuilder(request.getMethod())
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.getMethod())
                .setAttribute("url.path", request.getRequestURI())
                .setAttribute("url.scheme", request.getScheme())
                .setAttribute("server.address", request.getServerName())
                .setAttribute("server.port", (long) request.getServerPort())
                .setAttribute("client.address", request.getRemoteAddr())
                .startSpan();
        Optional.ofNullable(request.getHeader("User-Agent"))
                .ifPresent(agent -> span.setAttribute("user_agent.original", agent));
        return span;
    }

    void end(Span span, HttpServletRequest request, Exchange exchange, Optional<String> route, int status) {
        route.ifPresent(pattern -> {
            span.updateName(request.getMethod() + " " + pattern);
            span.setAttribute("http.route", pattern);
        });
        span.setAttribute("http.response.status_code", (long) status);
        exchange.jobId().ifPresent(id -> span.setAttribute("genapi.job.id", id.value()));
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", exchange.errorCode().orElseGet(() -> Integer.toString(status)));
        }
        span.end();
    }

    /** Reads trace context from a request's headers. */
    private enum RequestGetter implements TextMapGetter<HttpServletRequest> {
        INSTANCE;

        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String key) {
            return request == null ? null : request.getHeader(key);
        }
    }
}
