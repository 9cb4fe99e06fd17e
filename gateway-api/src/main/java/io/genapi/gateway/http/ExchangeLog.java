package io.genapi.gateway.http;

import io.genapi.runtime.log.SecretMask;
import io.genapi.runtime.tenant.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One line per request; what probes and scrapers ask is told at DEBUG, and so are headers, masked. */
final class ExchangeLog {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeLog.class);
    /** Headers whose values may be secrets, whatever these look like. */
    private static final Pattern NEVER_SHOWN =
            Pattern.compile("(?i).*(auth|key|token|secret|cookie|password|credential).*");

    private ExchangeLog() {}

    static void began(HttpServletRequest request, Exchange exchange) {
        LOG.atDebug()
                .addKeyValue("request_id", exchange.requestId().value())
                .log(() -> "Headers "
                        + Collections.list(request.getHeaderNames()).stream()
                                .filter(name -> !NEVER_SHOWN.matcher(name).matches())
                                .map(name -> name + ": " + SecretMask.mask(request.getHeader(name)))
                                .collect(Collectors.joining(", ")));
    }

    static void ended(HttpServletRequest request, HttpServletResponse response, Exchange exchange, Duration duration) {
        LoggingEventBuilder line = LOG.atLevel(isProbe(request.getRequestURI()) ? Level.DEBUG : Level.INFO)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getRequestURI())
                .addKeyValue("bytes", exchange.requestBytes())
                .addKeyValue("status", response.getStatus())
                .addKeyValue("duration_ms", duration.toMillis())
                .addKeyValue("request_id", exchange.requestId().value())
                .addKeyValue("correlation_id", exchange.correlationId().toString());
        line = with(line, "tenant", exchange.tenant().map(Tenant::id));
        line = with(line, "job_id", exchange.jobId());
        line = with(line, "error", exchange.errorCode());
        line.log("Request");
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String key, Optional<?> value) {
        return value.map(present -> line.addKeyValue(key, present.toString())).orElse(line);
    }

    private static boolean isProbe(String path) {
        return path.startsWith("/health") || path.equals("/metrics");
    }
}
