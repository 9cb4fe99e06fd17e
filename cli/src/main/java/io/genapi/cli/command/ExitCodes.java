package io.genapi.cli.command;

/** What the exit codes of genapi mean, the same for every command. */
final class ExitCodes {

    static final int OK = 0;
    /** The command ran, and what it was asked for failed: a job, a start, a check. */
    static final int FAILED = 1;
    /** The command line or a file named on it is wrong. */
    static final int USAGE = 2;
    /** No broker runs, or it cannot be reached. */
    static final int UNAVAILABLE = 3;
    /** Ctrl-C, as shells have it. */
    static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
