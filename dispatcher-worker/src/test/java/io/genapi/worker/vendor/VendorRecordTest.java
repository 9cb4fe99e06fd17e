package io.genapi.worker.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.control.VendorHealth.Status;
import io.genapi.schemas.error.ApiError;
import io.genapi.worker.Samples;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VendorRecordTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final VendorCatalog catalog = Samples.oneVendor("http://vendor.example", TIMEOUT);
    private final VendorRecord record = new VendorRecord(catalog.vendors(), 10);

    @Test
    void knowsNothingBeforeTheFirstCall() {
        assertEquals(Status.UNKNOWN, health().status());
        assertEquals(Optional.empty(), health().lastCheck());
    }

    @Test
    void worsensWithTheShareOfErrors() {
        add(new Completed(Samples.completion()), 10);
        assertEquals(Status.HEALTHY, health().status());
        add(new Unreachable("gone"), 1);
        assertEquals(0.1, health().errorRate());
        assertEquals(Status.DEGRADED, health().status());
        add(new Unreachable("gone"), 4);
        assertEquals(Status.UNHEALTHY, health().status());
        add(new Completed(Samples.completion()), 10);
        assertEquals(Status.HEALTHY, health().status());
    }

    @Test
    void takesTheMeanOfTheCallsThatWereAnswered() {
        add(new Completed(Samples.completion()), 2);
        add(new TimedOut(TIMEOUT, true), 1);
        assertEquals(Optional.of(Duration.ofSeconds(1)), health().responseTime());
        assertEquals(Optional.of(Samples.NOW), health().lastCheck());
    }

    @Test
    void holdsNeitherTheCallersMistakesNorTheirHasteAgainstAVendor() {
        add(new Refused(400, Optional.empty(), Optional.empty()), 1);
        VendorCall hasty = Samples.call(catalog.candidates(Samples.MODEL).getFirst(), Duration.ofMillis(1));
        record.add(hasty, new TimedOut(hasty.limit(), false), Samples.NOW, Duration.ofMillis(1));
        add(new Unprepared("no images", ApiError.server(504, "images_too_slow", "Send smaller ones.")), 1);
        assertEquals(Status.HEALTHY, health().status());
    }

    private void add(VendorOutcome outcome, int times) {
        VendorCall call = Samples.call(catalog.candidates(Samples.MODEL).getFirst(), TIMEOUT);
        for (int i = 0; i < times; i++) {
            record.add(call, outcome, Samples.NOW, Duration.ofSeconds(1));
        }
    }

    private VendorHealth health() {
        return record.current().getFirst();
    }
}
