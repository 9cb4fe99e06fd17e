package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.badhour.BadHourOptions;
import io.genapi.chaos.badhour.BadHourReport;
import io.genapi.chaos.badhour.BadHourScenario;
import io.genapi.chaos.badhour.BadHourTable;
import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.fault.VendorFault;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.SystemTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code ./genapi chaos vendor} with fewer callers and shorter troubles; how long anything takes is not looked at. */
@SystemTest
@Isolated("it counts what a machine does that has nothing else to do")
final class VendorChaosIT {

    private static final int CALLERS_PER_SECOND = 20;
    private static final List<VendorFault> FAULTS =
            List.of(VendorFault.REFUSED, VendorFault.HALF_ERRORS, VendorFault.RATE_LIMITED, VendorFault.HANG);

    @Test
    void callersNoticeNothingOfAVendorsBadHourAndItIsCalledAgainWhenItHasRecovered() {
        BadHourOptions options =
                new BadHourOptions(CALLERS_PER_SECOND, Duration.ofSeconds(15), FAULTS, 2, "uniform:min=50ms,max=200ms");
        try (Deployment deployment =
                new Deployment(Checkout.installation(), Checkout.emptyDirectory("vendor-chaos"), options.layout())) {
            List<BadHourReport> reports = new BadHourScenario(deployment, options, System.out::println).run();
            System.out.println(BadHourTable.of(reports));
            assertEquals(FAULTS, reports.stream().map(BadHourReport::fault).toList());
            reports.forEach(VendorChaosIT::assertKept);
        }
    }

    private static void assertKept(BadHourReport report) {
        String where = report.toString();
        assertTrue(report.callers() >= 15 * CALLERS_PER_SECOND, where);
        assertTrue(report.errorRate() < 0.01, where);
        assertEquals(0, report.withoutOneEnd(), where);
        assertTrue(report.normalAfter().isPresent(), where);
    }
}
