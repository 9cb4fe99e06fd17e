package io.genapi.benchmarks.batch;

import io.genapi.benchmarks.probe.Footprint;
import java.time.Duration;

/**
 * What one run found.
 *
 * @param upload until the file was there
 * @param check from then until the file had been looked at
 * @param run from then until the batch had ended
 * @param download of what came of it
 * @param answers lines that were read, each of another request
 * @param calls at the vendor
 * @param looks at the batch that showed other counts than the one before
 * @param before of the gateway without the batch
 * @param heapBytes of the gateway in use after a collection, at the most
 * @param residentBytes of the gateway, at the most
 */
record BatchFigures(
        String status,
        Duration upload,
        Duration check,
        Duration run,
        Duration download,
        long answers,
        long calls,
        int looks,
        Footprint before,
        long heapBytes,
        long residentBytes) {}
