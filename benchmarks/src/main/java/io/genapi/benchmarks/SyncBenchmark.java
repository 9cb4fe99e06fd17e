package io.genapi.benchmarks;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Waiting calls beside a bare two-hop Kafka loop, in the same run on the same broker: what HTTP, validation, dispatch,
 * the vendor call, job state and reply routing cost on top of the two hops that an answer over Kafka needs at least.
 */
public final class SyncBenchmark {

    private static final List<Integer> CONNECTIONS = List.of(1, 50, 200);
    /** A completion as the simulator sends it, with its envelope. */
    private static final int ANSWER_OVERHEAD_BYTES = 600;

    private final URI gateway;
    private final String bootstrap;
    private final int partitions;
    private final String padding;
    private final long trips;

    /**
     * @param payloadBytes how long each question is
     * @param trips round trips at each number of connections; a tenth of them come first as a warm-up
     */
    public SyncBenchmark(URI gateway, String bootstrap, int partitions, int payloadBytes, long trips) {
        this.gateway = gateway;
        this.bootstrap = bootstrap;
        this.partitions = partitions;
        this.padding = "x".repeat(payloadBytes);
        this.trips = trips;
    }

    /** Runs both, in turn at each number of connections, and prints the table. */
    public void run(PrintWriter out) throws Exception {
        byte[] request = WaitingCalls.body("nonce-000000-end", padding).getBytes(StandardCharsets.UTF_8);
        byte[] answer = new byte[request.length + ANSWER_OVERHEAD_BYTES];
        String suffix = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        try (TwoHopLoop floor = TwoHopLoop.start(bootstrap, suffix, partitions, request, answer);
                WaitingCalls calls = new WaitingCalls(gateway, padding)) {
            out.printf(
                    "Waiting calls beside a bare two-hop Kafka loop: payload %d bytes, acks=all, %d partitions, one run%n",
                    request.length, partitions);
            out.printf("%11s | %28s | %28s | %s%n", "", "two-hop loop", "POST /v1/chat/completions", "calls ÷ loop");
            out.printf(
                    "%11s | %8s %9s %9s | %8s %9s %9s | %10s %9s %9s%n",
                    "connections",
                    "trips/s",
                    "p50 ms",
                    "p99 ms",
                    "calls/s",
                    "p50 ms",
                    "p99 ms",
                    "throughput",
                    "p50",
                    "p99");
            warmUp(floor, calls);
            for (int connections : CONNECTIONS) {
                long count = connections == 1 ? Math.max(1, trips / 10) : trips;
                print(
                        out,
                        connections,
                        ClosedLoop.run(floor, connections, count),
                        ClosedLoop.run(calls, connections, count));
            }
        }
    }

    private void warmUp(TwoHopLoop floor, WaitingCalls calls) throws InterruptedException {
        int most = CONNECTIONS.getLast();
        var _ = ClosedLoop.run(floor, most, Math.max(most, trips / 2));
        var _ = ClosedLoop.run(calls, most, Math.max(most, trips / 2));
    }

    private static void print(PrintWriter out, int connections, Measurement floor, Measurement calls) {
        out.printf(
                "%11d | %8.0f %9.2f %9.2f | %8.0f %9.2f %9.2f | %9.2fx %8.2fx %8.2fx%n",
                connections,
                floor.perSecond(),
                floor.millisAt(50),
                floor.millisAt(99),
                calls.perSecond(),
                calls.millisAt(50),
                calls.millisAt(99),
                calls.perSecond() / floor.perSecond(),
                calls.millisAt(50) / floor.millisAt(50),
                calls.millisAt(99) / floor.millisAt(99));
        out.flush();
    }
}
