package io.genapi.gateway.traffic;

import io.genapi.schemas.openapi.ExchangeCheck;
import io.genapi.schemas.openapi.RecordedExchange;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds every exchange of a gateway to the document that it serves. Thread-safe. */
public final class TrafficRecorder implements Filter {

    private final Supplier<ExchangeCheck> check;
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();

    TrafficRecorder(Supplier<ExchangeCheck> check) {
        this.check = check;
    }

    /** What the document does not say of the exchanges so far. */
    public List<String> problems() {
        return problems.stream().distinct().toList();
    }

    /** The operations and statuses that exchanges have shown, such as {@code listJobs 200}. */
    public Set<String> seen() {
        return check.get().seen();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RecordedRequest recordedRequest = new RecordedRequest((HttpServletRequest) request);
        RecordedResponse recordedResponse = new RecordedResponse((HttpServletResponse) response);
        chain.doFilter(recordedRequest, recordedResponse);
        RecordedExchange exchange = exchange(recordedRequest, recordedResponse);
        try {
            problems.addAll(check.get().problems(exchange));
            problems.addAll(check.get().untold(exchange, recordedRequest.read()));
        } catch (IllegalStateException noDocument) {
            problems.add(String.valueOf(noDocument.getMessage()));
        }
    }

    private static RecordedExchange exchange(RecordedRequest request, RecordedResponse response) {
        return new RecordedExchange(
                request.getMethod(),
                request.getRequestURI(),
                Optional.ofNullable(request.getQueryString()).stream()
                        .flatMap(query -> Arrays.stream(query.split("&")))
                        .map(parameter -> parameter.split("=", 2)[0])
                        .collect(Collectors.toSet()),
                Stream.ofNullable(request.getContentType())
                        .filter(type -> type.startsWith("application/json"))
                        .flatMap(_ -> request.body().stream())
                        .findFirst(),
                response.getStatus(),
                response.headers(),
                response.body());
    }
}
