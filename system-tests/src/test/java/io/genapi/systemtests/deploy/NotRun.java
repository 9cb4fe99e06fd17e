package io.genapi.systemtests.deploy;

import org.junit.jupiter.api.Assumptions;

/** Says by name what was not checked on this machine, so that nothing is passed over in silence. */
final class NotRun {

    private NotRun() {}

    /** Prints the line and ends the test as skipped, with the same words. */
    static void because(String check, String reason) {
        String line = "NOT RUN: " + check + " because " + reason;
        System.out.println(line);
        Assumptions.abort(line);
    }
}
