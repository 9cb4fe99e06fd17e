package io.genapi.worker.route;

import io.genapi.runtime.catalog.Route;
import io.genapi.schemas.error.ApiError;

/** What came of looking for somebody to serve a job. */
public sealed interface Routing {

    /** @param route whose candidates can all serve the job */
    record Served(Route route) implements Routing {}

    /** Nobody can; the error says why. */
    record Unserved(ApiError error) implements Routing {}
}
