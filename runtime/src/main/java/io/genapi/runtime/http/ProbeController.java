package io.genapi.runtime.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Liveness, readiness and metrics: the endpoints that an orchestrator and Prometheus ask. */
@RestController
public final class ProbeController {

    private static final MediaType OPEN_METRICS = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final List<ReadinessCheck> checks;
    private final PrometheusMeterRegistry meters;

    public ProbeController(List<ReadinessCheck> checks, PrometheusMeterRegistry meters) {
        this.checks = List.copyOf(checks);
        this.meters = meters;
    }

    /** 200 while the process can answer at all. */
    @GetMapping("/health/live")
    Map<String, String> live() {
        return Map.of("status", "live");
    }

    /** 200 when every check passes, else 503; either way with each check's word. */
    @GetMapping("/health/ready")
    ResponseEntity<Map<String, Object>> ready() {
        Map<String, String> words = new TreeMap<>();
        boolean ready = true;
        for (ReadinessCheck check : checks) {
            String problem = check.problem().orElse("ok");
            ready &= problem.equals("ok");
            words.put(check.name(), problem);
        }
        return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(Map.of("status", ready ? "ready" : "not ready", "checks", words));
    }

    /** Everything measured, in Prometheus' text format. */
    @GetMapping("/metrics")
    ResponseEntity<String> metrics() {
        return ResponseEntity.ok().contentType(OPEN_METRICS).body(meters.scrape());
    }
}
