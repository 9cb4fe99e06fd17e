package io.genapi.worker.dispatch;

import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vendors whose answers are written down beforehand; each call takes a second of virtual time and has its number for a name. */
final class ScriptedVendors implements VendorClient {

    static final Duration CALL = Duration.ofSeconds(1);

    private final VirtualTime time;
    private final Deque<VendorOutcome> script = new ArrayDeque<>();
    private final Map<String, VendorOutcome> standing = new HashMap<>();
    private final List<VendorCall> calls = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    ScriptedVendors(VirtualTime time) {
        this.time = time;
    }

    ScriptedVendors then(VendorOutcome outcome) {
        script.add(outcome);
        return this;
    }

    /** What that vendor answers from now on where nothing else is written down. */
    ScriptedVendors always(String vendor, VendorOutcome outcome) {
        standing.put(vendor, outcome);
        return this;
    }

    /** What happens elsewhere during each call. */
    ScriptedVendors meanwhile(Runnable action) {
        meanwhile = action;
        return this;
    }

    List<VendorCall> calls() {
        return calls;
    }

    @Override
    public VendorAnswer call(VendorCall call) {
        calls.add(call);
        time.pass(call.limit().compareTo(CALL) < 0 ? call.limit() : CALL);
        meanwhile.run();
        VendorOutcome usual = standing.get(call.candidate().vendor().name().value());
        return new VendorAnswer(
                script.isEmpty() && usual != null ? usual : script.remove(),
                Optional.of(new VendorRequestId("call-" + calls.size())));
    }
}
