package io.genapi.cli.command;

import io.genapi.chaos.fault.VendorFault;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the chaos commands' options say. */
final class ChaosOptions {

    private ChaosOptions() {}

    /** @throws IllegalArgumentException if it is none, with a message for people */
    static Duration duration(String option, String text) {
        try {
            return Duration.parse("PT" + text);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException(
                    "%s is '%s'; name a time such as 30s or 10m".formatted(option, text), malformed);
        }
    }

    /** @throws IllegalArgumentException if there is none of that name, with a message for people */
    static VendorFault fault(String option, String name) {
        return VendorFault.named(name)
                .orElseThrow(() -> new IllegalArgumentException("%s has '%s'; name one of %s"
                        .formatted(
                                option,
                                name,
                                Arrays.stream(VendorFault.values())
                                        .map(VendorFault::option)
                                        .collect(Collectors.joining(", ")))));
    }
}
