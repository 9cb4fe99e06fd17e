package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The keys of the one store, which holds six kinds of things: tellings by endpoint and event; which are due, by endpoint
 * and time; all of them, by endpoint and when their event happened; which are to be seen to, by time; how endpoints do; and
 * which are asked for again, by endpoint and when that was.
 * Ids are all of one length, and times are in milliseconds, so that keys sort by their parts.
 */
final class Keys {
    private static final byte TELLING = 't';
    private static final byte DUE = 'd';
    private static final byte LOGGED = 'e';
    private static final byte UPKEEP = 'u';
    private static final byte HEALTH = 'h';
    private static final byte WISH = 'w';

    private static final int ENDPOINT_LENGTH = 29;
    private static final byte LAST = (byte) 0xff;

    private Keys() {}

    /** Keys from one to another, both included. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Range(byte[] from, byte[] to) {}

    static byte[] telling(EndpointId endpoint, EventId event) {
        return key(TELLING, bytes(endpoint), bytes(event));
    }

    static byte[] health(EndpointId endpoint) {
        return key(HEALTH, bytes(endpoint));
    }

    static byte[] due(Entry entry) {
        return key(DUE, bytes(entry.endpoint()), bytes(entry.at()), bytes(entry.event()));
    }

    static byte[] logged(Entry entry) {
        return key(LOGGED, bytes(entry.endpoint()), bytes(entry.at()), bytes(entry.event()));
    }

    static byte[] upkeep(Entry entry) {
        return key(UPKEEP, bytes(entry.at()), bytes(entry.endpoint()), bytes(entry.event()));
    }

    static byte[] wish(Wish wish) {
        return key(WISH, bytes(wish.endpoint()), bytes(wish.requestedAt()), bytes(wish.since()));
    }

    /** What an endpoint has due until then. */
    static Range due(EndpointId endpoint, Instant until) {
        byte[] id = bytes(endpoint);
        return new Range(key(DUE, id), key(DUE, id, bytes(until), new byte[] {LAST}));
    }

    /** What endpoints have due that come after that one. */
    static Range dueAfter(EndpointId endpoint) {
        return new Range(key(DUE, bytes(endpoint), new byte[] {LAST}), end(DUE));
    }

    static Range allDue() {
        return all(DUE);
    }

    static Range allWishes() {
        return all(WISH);
    }

    static Range allHealth() {
        return all(HEALTH);
    }

    /** How endpoints do that come after that one. */
    static Range healthAfter(EndpointId endpoint) {
        return new Range(key(HEALTH, bytes(endpoint), new byte[] {0}), end(HEALTH));
    }

    /** What an endpoint was told of events since then. */
    static Range logged(EndpointId endpoint, Instant since) {
        byte[] id = bytes(endpoint);
        return new Range(key(LOGGED, id, bytes(since)), key(LOGGED, id, new byte[] {LAST}));
    }

    /** What an endpoint was told of events after one. */
    static Range loggedAfter(Entry last) {
        byte[] id = bytes(last.endpoint());
        byte[] time = bytes(last.at());
        return new Range(
                key(LOGGED, id, time, bytes(last.event()), new byte[] {0}), key(LOGGED, id, new byte[] {LAST}));
    }

    /** What an endpoint was told of events before one, and of that. */
    static Range loggedUntil(Entry last) {
        return new Range(key(LOGGED, bytes(last.endpoint())), logged(last));
    }

    static Range upkeep(Instant until) {
        return new Range(key(UPKEEP), key(UPKEEP, bytes(until), new byte[] {LAST}));
    }

    /** The entry that a key of what is due, or logged, is. */
    static Entry byEndpoint(byte[] key) {
        int time = 1 + ENDPOINT_LENGTH;
        return new Entry(endpoint(key, 1), time(key, time), event(key, time + Long.BYTES));
    }

    /** The entry that a key of what is to be seen to is. */
    static Entry byTime(byte[] key) {
        int endpoint = 1 + Long.BYTES;
        return new Entry(endpoint(key, endpoint), time(key, 1), event(key, endpoint + ENDPOINT_LENGTH));
    }

    private static Range all(byte kind) {
        return new Range(new byte[] {kind}, end(kind));
    }

    private static byte[] end(byte kind) {
        return new byte[] {kind, LAST};
    }

    private static EndpointId endpoint(byte[] key, int at) {
        return new EndpointId(new String(key, at, ENDPOINT_LENGTH, StandardCharsets.US_ASCII));
    }

    private static EventId event(byte[] key, int at) {
        return new EventId(new String(key, at, key.length - at, StandardCharsets.US_ASCII));
    }

    private static Instant time(byte[] key, int at) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(key).getLong(at));
    }

    private static byte[] bytes(EndpointId id) {
        return id.value().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(EventId id) {
        return id.value().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(Instant at) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(Math.max(0, at.toEpochMilli()))
                .array();
    }

    private static byte[] key(byte kind, byte[]... parts) {
        int length = 1;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer key = ByteBuffer.allocate(length).put(kind);
        for (byte[] part : parts) {
            key.put(part);
        }
        return key.array();
    }
}
