package io.genapi.worker.http;

/**
 * One event of a stream.
 *
 * @param name {@code message} where the stream gives none
 * @param data its lines of data, joined by line feeds
 */
record ServerSentEvent(String name, String data) {}
