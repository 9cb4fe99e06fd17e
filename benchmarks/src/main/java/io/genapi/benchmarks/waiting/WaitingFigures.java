package io.genapi.benchmarks.waiting;

import io.genapi.benchmarks.probe.Footprint;

/**
 * What calls of one kind cost.
 *
 * @param waiting calls that the gateway held
 * @param before of the gateway without them
 * @param during of the gateway with them
 */
record WaitingFigures(Kind kind, long waiting, Footprint before, Footprint during) {

    double heapBytesPerCall() {
        return (double) (during.heapBytes() - before.heapBytes()) / waiting;
    }

    double residentBytesPerCall() {
        return (double) (during.residentBytes() - before.residentBytes()) / waiting;
    }
}
