package io.genapi.systemtests.harness;

import org.opentest4j.TestAbortedException;

/** What cannot run on this machine is said aloud and counted as skipped. */
public final class NotRun {

    private NotRun() {}

    /** Ends the test as not run; to be thrown, so that the compiler sees the end. */
    public static TestAbortedException because(String test, String reason) {
        System.out.println("NOT RUN: " + test + " because " + reason);
        return new TestAbortedException(reason);
    }
}
