package io.genapi.worker.http;

import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** What HttpClient's exceptions mean. */
final class Failures {

    private Failures() {}

    static VendorOutcome outcomeOf(IOException failure, Duration limit) {
        return switch (failure) {
            case ConnectTimeoutException _ -> new Unreachable("the vendor did not accept a connection in time");
            case ConnectException _, NoRouteToHostException _ ->
                new Unreachable("the vendor did not accept a connection");
            case UnknownHostException _ -> new Unreachable("the vendor's host name is unknown");
            case SSLHandshakeException _, SSLPeerUnverifiedException _ ->
                new Unreachable("no secure connection to the vendor came about");
            case ConnectionRequestTimeoutException _ -> new Unreachable("no connection was free in time");
            case SocketTimeoutException _ -> new TimedOut(limit);
            default -> new Broken("the connection broke before the vendor's answer was whole");
        };
    }
}
