package io.genapi.gateway.batch;

import java.util.Optional;

/** What one line of a batch's file is. */
sealed interface LineReading {

    /**
     * One request.
     *
     * @param body as its caller wrote it; not to be changed
     * @param model that it names, if it names one
     */
    @SuppressWarnings("ArrayRecordComponent") // A body is up to 10 MiB: it is handed on, never copied or compared.
    record Request(String customId, byte[] body, Optional<String> model) implements LineReading {}

    /**
     * None.
     *
     * @param param the field at fault
     */
    record Faulty(String code, String message, Optional<String> param) implements LineReading {}
}
