package io.genapi.worker.dialect;

import io.genapi.worker.vendor.HeaderText;
import io.genapi.worker.vendor.VendorCall;
import java.util.HashMap;
import java.util.Map;

/** By what a call is found again in a vendor's logs and in ours, whatever the dialect. */
public final class CorrelationHeaders {

    private CorrelationHeaders() {}

    /** A map of the caller's own, to add to. */
    public static Map<String, String> of(VendorCall call) {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Request-ID", HeaderText.of(call.requestId() + "-vendor-" + call.shortId()));
        headers.put("X-Original-Request-ID", HeaderText.of(call.requestId().value()));
        headers.put("X-Correlation-ID", HeaderText.of(call.correlationId().toString()));
        return headers;
    }
}
