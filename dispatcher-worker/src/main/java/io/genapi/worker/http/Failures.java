package io.genapi.worker.http;

import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.outbound.HandshakeFailedException;
import io.genapi.schemas.error.ApiError;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** What HttpClient's exceptions mean. */
final class Failures {

    private Failures() {}

    static VendorOutcome outcomeOf(IOException failure, VendorCall call) {
        Vendor vendor = call.candidate().vendor();
        return switch (failure) {
            case HandshakeFailedException handshake ->
                handshake
                        .distrust()
                        .<VendorOutcome>map(how -> untrusted(vendor, how))
                        .orElseGet(() -> new Unreachable("no secure connection to the vendor came about"));
            case ProxyRefusedException refused ->
                new Unreachable("the proxy answered with status %d instead of connecting to the vendor"
                        .formatted(refused.status()));
            case ConnectTimeoutException _ -> new Unreachable("the vendor did not accept a connection in time");
            case ConnectException _, NoRouteToHostException _ ->
                new Unreachable("the vendor did not accept a connection");
            case UnknownHostException _ -> new Unreachable("the vendor's host name is unknown");
            case ConnectionRequestTimeoutException _ -> new Unreachable("no connection was free in time");
            case SocketTimeoutException _ -> silent(call);
            default -> new Broken("the connection broke before the vendor's answer was whole");
        };
    }

    private static TimedOut silent(VendorCall call) {
        Duration silence = call.candidate().vendor().connection().longestSilence(call.limit());
        return new TimedOut(silence, silence.compareTo(call.limit()) < 0 || call.hasItsTime());
    }

    private static Impossible untrusted(Vendor vendor, String how) {
        return new Impossible(
                "the vendor's certificate " + how,
                ApiError.server(
                        502,
                        "vendor_untrusted",
                        ("The certificate of vendor '%s' (%s) %s, so that it was not called. Have it renewed, or name the"
                                        + " authority that signed it in the catalog, with ca-file in the vendor's entry.")
                                .formatted(vendor.name(), vendor.baseUrl().getHost(), how)),
                true);
    }
}
