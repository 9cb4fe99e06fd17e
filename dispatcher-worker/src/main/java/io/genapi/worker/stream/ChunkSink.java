package io.genapi.worker.stream;

import tools.jackson.databind.node.ObjectNode;

/** Takes one answer's {@code chat.completion.chunk} objects as the vendor sends them, in their order. */
@FunctionalInterface
public interface ChunkSink {

    /**
     * Returns when the next chunk may come, which can be long after where there is no place for more.
     *
     * @param chunk not to be changed by either side
     * @throws UndeliveredException if what was taken did not get on, so that nothing more is of use
     */
    void take(ObjectNode chunk) throws InterruptedException;
}
