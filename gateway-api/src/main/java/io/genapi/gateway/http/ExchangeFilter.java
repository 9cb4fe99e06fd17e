package io.genapi.gateway.http;

import io.genapi.gateway.tenant.Doorkeeper;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerMapping;

/** What happens around every request: its ids, its sender, its span, its line in the log, its numbers. Thread-safe. */
public final class ExchangeFilter implements Filter {

    private final Entrance entrance;
    private final ExchangeSpans spans;
    private final ExchangeMeters meters;
    private final LongSupplier nanoTicker;

    public ExchangeFilter(Doorkeeper doorkeeper, Telemetry telemetry, MeterRegistry meters, LongSupplier nanoTicker) {
        this.entrance = new Entrance(doorkeeper);
        this.spans = new ExchangeSpans(telemetry);
        this.meters = new ExchangeMeters(meters);
        this.nanoTicker = nanoTicker;
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        if (anyRequest instanceof HttpServletRequest request && anyResponse instanceof HttpServletResponse response) {
            handle(request, response, chain);
        } else {
            chain.doFilter(anyRequest, anyResponse);
        }
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        GivenId requestId = given(request, HttpHeaderNames.REQUEST_ID);
        GivenId correlationId = given(request, HttpHeaderNames.CORRELATION_ID);
        Exchange exchange = new Exchange(new RequestId(usable(requestId)), CorrelationId.of(usable(correlationId)));
        exchange.attachTo(request);
        response.setHeader(HttpHeaderNames.REQUEST_ID, exchange.requestId().value());
        response.setHeader(
                HttpHeaderNames.CORRELATION_ID, exchange.correlationId().toString());
        SecurityHeaders.tell(response::setHeader);
        ExchangeLog.began(request, exchange);
        meters.started();
        long began = nanoTicker.getAsLong();
        Span span = spans.start(request);
        try (Scope _ = span.makeCurrent()) {
            Optional<ApiError> fault = entrance.refusal(request, response, exchange)
                    .or(() -> fault(requestId))
                    .or(() -> fault(correlationId));
            if (fault.isPresent()) {
                refuse(fault.get(), exchange, request, response);
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            Duration duration = Duration.ofNanos(nanoTicker.getAsLong() - began);
            Optional<String> route = route(request);
            spans.end(span, request, exchange, route, response.getStatus());
            meters.ended(request.getMethod(), route, response.getStatus(), exchange.errorCode(), duration);
            ExchangeLog.ended(request, response, exchange, duration);
        }
    }

    private static GivenId given(HttpServletRequest request, String header) {
        return GivenId.read(
                header, request.getHeader(header), () -> UUID.randomUUID().toString());
    }

    private static String usable(GivenId id) {
        return switch (id) {
            case GivenId.Usable(String value) -> value;
            case GivenId.Invalid _ -> UUID.randomUUID().toString();
        };
    }

    private static Optional<ApiError> fault(GivenId id) {
        return switch (id) {
            case GivenId.Usable _ -> Optional.empty();
            case GivenId.Invalid(ApiError error) -> Optional.of(error);
        };
    }

    private static void refuse(
            ApiError error, Exchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        error.code().ifPresent(exchange::failedWith);
        if (UnreadBody.isLeftOf(request)) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        response.setStatus(error.status());
        response.setContentType("application/json");
        response.getOutputStream().write(error.toJson());
    }

    /** The pattern that the request's path matched, where one of ours did. */
    private static Optional<String> route(HttpServletRequest request) {
        return Optional.ofNullable(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .map(Object::toString)
                .filter(pattern -> !pattern.endsWith("/**"));
    }
}
