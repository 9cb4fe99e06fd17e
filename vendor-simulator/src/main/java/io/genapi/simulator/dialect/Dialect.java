package io.genapi.simulator.dialect;

import io.genapi.simulator.exchange.VendorRequest;
import java.time.Duration;
import java.util.Map;

/** One vendor's API: what it answers and in which words it refuses. Pure and thread-safe; knows no fault, no latency. */
public interface Dialect {

    /** Whether a path, without its query, belongs to this vendor's API. */
    boolean serves(String path);

    /** The answer to a request; rubbish of any kind gives a {@link Answer.Immediate} with the vendor's error. */
    Answer answer(VendorRequest request, CallIdentity identity);

    /** An error in the vendor's form, for faults and for requests that could not be read. */
    Answer.Immediate error(int status);

    /** The same where a call is to wait before it is tried again, for vendors that say so in the body. */
    default Answer.Immediate error(int status, Duration wait) {
        return error(status);
    }

    /** The headers that the vendor adds to every answer. */
    Map<String, String> headers(CallFacts facts);
}
