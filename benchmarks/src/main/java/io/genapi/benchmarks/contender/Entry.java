package io.genapi.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One contender in one contest.
 *
 * @param consumers how many there are of its kind, all in one process
 * @param inFlightEach how many jobs each of them may run at once
 * @param jobs after how many it has done enough; no more than the workload has
 * @param group its consumer or share group, no other contender's
 */
public record Entry(Kind kind, int consumers, int inFlightEach, long jobs, String group, Workload workload) {

    public String title() {
        return switch (kind) {
            case ENGINE -> String.format(Locale.ROOT, "engine, 1 × %,d", inFlightEach);
            case SHARE -> String.format(Locale.ROOT, "share group, %d × %,d", consumers, inFlightEach);
            case CLASSIC -> String.format(Locale.ROOT, "classic, %d × %d", consumers, inFlightEach);
        };
    }

    List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                kind.name(), Integer.toString(consumers), Integer.toString(inFlightEach), Long.toString(jobs), group));
        arguments.addAll(workload.toArguments());
        return arguments;
    }

    static Entry parse(List<String> arguments) {
        return new Entry(
                Kind.valueOf(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Long.parseLong(arguments.get(3)),
                arguments.get(4),
                Workload.parse(arguments.subList(5, arguments.size())));
    }
}
