package io.genapi.worker.dispatch;

import io.genapi.worker.VirtualTime;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Vendors whose answers are written down beforehand; each call takes a second of virtual time. */
final class ScriptedVendors implements VendorClient {

    static final Duration CALL = Duration.ofSeconds(1);

    private final VirtualTime time;
    private final Deque<VendorOutcome> script = new ArrayDeque<>();
    private final List<VendorCall> calls = new ArrayList<>();

    ScriptedVendors(VirtualTime time) {
        this.time = time;
    }

    ScriptedVendors then(VendorOutcome outcome) {
        script.add(outcome);
        return this;
    }

    List<VendorCall> calls() {
        return calls;
    }

    @Override
    public VendorOutcome call(VendorCall call) {
        calls.add(call);
        time.pass(call.limit().compareTo(CALL) < 0 ? call.limit() : CALL);
        return script.remove();
    }
}
