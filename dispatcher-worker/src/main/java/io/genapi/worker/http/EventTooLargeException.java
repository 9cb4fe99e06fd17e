package io.genapi.worker.http;

import java.io.IOException;
import java.io.Serial;

/** An event exceeds the bound; stays inside this package. */
final class EventTooLargeException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;
}
