package io.genapi.benchmarks.contender;

import io.genapi.simulator.latency.LatencyNotation;
import java.util.List;

/**
 * The jobs, the same for every contender: a topic that holds them all, evenly over its partitions, from offset 0 on.
 *
 * @param bootstrap the broker's address
 * @param topic the jobs
 * @param results where one record for each job goes
 * @param jobs how many the topic holds
 */
public record Workload(
        String bootstrap, String topic, String results, int partitions, long jobs, JobLatencies latencies) {

    /** Which job stands there, from 0. */
    long number(int partition, long offset) {
        return offset * partitions + partition;
    }

    List<String> toArguments() {
        return List.of(
                bootstrap,
                topic,
                results,
                Integer.toString(partitions),
                Long.toString(jobs),
                latencies.latency().notation(),
                Long.toString(latencies.seed()));
    }

    static Workload parse(List<String> arguments) {
        return new Workload(
                arguments.get(0),
                arguments.get(1),
                arguments.get(2),
                Integer.parseInt(arguments.get(3)),
                Long.parseLong(arguments.get(4)),
                new JobLatencies(LatencyNotation.parse(arguments.get(5)), Long.parseLong(arguments.get(6))));
    }
}
