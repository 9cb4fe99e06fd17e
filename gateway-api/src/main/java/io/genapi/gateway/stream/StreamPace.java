package io.genapi.gateway.stream;

import java.time.Duration;

/**
 * When a follower hears something although nothing happens.
 *
 * @param firstSign how long it waits for its first piece, or for an error with a status of its own
 * @param keepAlive between two words to it
 * @param look between two looks whether it is still there
 */
public record StreamPace(Duration firstSign, Duration keepAlive, Duration look) {

    /** The same for a follower that bears no longer silence than that. */
    StreamPace within(Duration silence) {
        return new StreamPace(shorter(firstSign, silence), shorter(keepAlive, silence), shorter(look, silence));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
