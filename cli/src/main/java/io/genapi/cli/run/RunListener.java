package io.genapi.cli.run;

/** Watches a run. Called from many threads. */
public interface RunListener {

    /**
     * The run begins.
     *
     * @param total jobs in the file
     * @param succeeded of them in an earlier run
     * @param failed of them in an earlier run
     */
    void begin(long total, long succeeded, long failed);

    /** One more job has its result. */
    void finished(boolean succeeded);

    /** The run is over, done or not. */
    void end();
}
