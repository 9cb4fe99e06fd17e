package io.genapi.gateway.http;

import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Operation;
import java.util.List;

/** What callers are told of probes, figures and the document itself. */
final class BrokerOperations {

    static final String BROKER = "Broker";

    private BrokerOperations() {}

    static List<Operation> all() {
        return List.of(health(), live(), ready(), metrics(), document());
    }

    private static Operation health() {
        return new Operation(
                        "GET /health",
                        "getHealth",
                        BROKER,
                        "How the broker is",
                        "As this gateway finds it. Operators are shown processes and vendors too.")
                .forEverybody()
                .takes(CallerHeaders.EVERYWHERE)
                .answers(
                        Answer.of(200, "Jobs are taken.", Content.json("health")),
                        Answer.of(503, "No jobs are taken.", Content.json("health")))
                .fails(CommonFaults.everybodys());
    }

    private static Operation live() {
        return new Operation("GET /health/live", "getLiveness", BROKER, "Whether it lives", "For orchestrators.")
                .forEverybody()
                .takes(CallerHeaders.EVERYWHERE)
                .answers(Answer.of(200, "It does.", Content.json("liveness")))
                .fails(CommonFaults.everybodys());
    }

    private static Operation ready() {
        return new Operation(
                        "GET /health/ready",
                        "getReadiness",
                        BROKER,
                        "Whether it is ready",
                        "For orchestrators and load balancers.")
                .forEverybody()
                .takes(CallerHeaders.EVERYWHERE)
                .answers(
                        Answer.of(200, "It is.", Content.json("readiness")),
                        Answer.of(503, "It is not, or stops.", Content.json("readiness")))
                .fails(CommonFaults.everybodys());
    }

    private static Operation metrics() {
        return new Operation(
                        "GET /metrics",
                        "getMetrics",
                        BROKER,
                        "What is measured",
                        "For Prometheus. With tenants, for operators alone.")
                .takes(CallerHeaders.EVERYWHERE)
                .answers(Answer.of(200, "The figures.", Content.text("Prometheus' text format.")))
                .fails(CommonFaults.callers())
                .fails(CommonFaults.wrong(403, "insufficient_permissions", "This is for operators of the broker."));
    }

    private static Operation document() {
        return new Operation(
                        "GET /openapi.json", "getOpenApi", BROKER, "This document", "Made of what this gateway serves.")
                .forEverybody()
                .takes(CallerHeaders.EVERYWHERE)
                .answers(
                        Answer.of(200, "The document.", Content.json("openapi")).with(AnswerHeaders.ETAG),
                        Answer.of(304, "The edition that `If-None-Match` names is still the newest.")
                                .with(AnswerHeaders.ETAG))
                .fails(CommonFaults.everybodys());
    }
}
