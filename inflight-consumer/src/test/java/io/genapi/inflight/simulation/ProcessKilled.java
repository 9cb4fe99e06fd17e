package io.genapi.inflight.simulation;

/** kill -9, in the middle of whatever the process was doing. */
final class ProcessKilled extends Error {

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
