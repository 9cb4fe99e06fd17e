package io.genapi.worker.vendor;

import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.heartbeat.VendorHealthSource;
import io.genapi.runtime.reload.CatalogFollower;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the most recent calls of each vendor went. A caller's mistakes do not count against a vendor. Thread-safe. */
public final class VendorRecord implements VendorHealthSource, CatalogFollower {

    private final int capacity;

    /** Immutable; another one when the vendors change. */
    private volatile Map<VendorName, CallWindow> windows = Map.of();

    /** @param capacity how many calls of each vendor are remembered, at least 1 */
    public VendorRecord(List<Vendor> vendors, int capacity) {
        this.capacity = capacity;
        keep(vendors);
    }

    /** Forgets those that are gone. */
    @Override
    public void follow(VendorCatalog next) {
        keep(next.vendors());
    }

    private void keep(List<Vendor> vendors) {
        Map<VendorName, CallWindow> before = windows;
        Map<VendorName, CallWindow> kept = new LinkedHashMap<>();
        vendors.forEach(vendor ->
                kept.put(vendor.name(), before.getOrDefault(vendor.name(), new CallWindow(vendor.name(), capacity))));
        windows = Collections.unmodifiableMap(kept);
    }

    /** @param at when the call ended */
    public void add(VendorCall call, VendorOutcome outcome, Instant at, Duration took) {
        CallWindow window = windows.get(call.candidate().vendor().name());
        if (window == null) {
            return;
        }
        switch (outcome) {
            case Completed _ -> window.add(at, took, true, false);
            case Refused refused -> window.add(at, took, true, blamesVendor(refused.status()));
            case Unreachable _, Broken _, Unusable _ -> window.add(at, took, false, true);
            case Impossible impossible -> {
                if (impossible.vendorAtFault()) {
                    window.add(at, took, false, true);
                }
            }
            case TimedOut timedOut -> {
                if (timedOut.vendorAtFault()) {
                    window.add(at, took, false, true);
                }
            }
            case Unprepared _ -> {}
        }
    }

    private static boolean blamesVendor(int status) {
        return status >= 500 || status == 401 || status == 403 || status == 408 || status == 429;
    }

    @Override
    public List<VendorHealth> current() {
        return windows.values().stream().map(CallWindow::health).toList();
    }
}
