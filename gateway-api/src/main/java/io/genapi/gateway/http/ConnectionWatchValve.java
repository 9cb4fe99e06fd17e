package io.genapi.gateway.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets handlers ask whether their client is still connected. The servlet API tells that only where something is written,
 * and a call that waits writes nothing for minutes.
 */
public final class ConnectionWatchValve extends ValveBase {

    /** What Tomcat says is to be read where the attempt to read failed; a request that follows is longer. */
    private static final int BROKEN = 1;

    public ConnectionWatchValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        request.setAttribute(ClientPresence.ATTRIBUTE, (ClientPresence) () -> isThere(connection));
        getNext().invoke(request, response);
    }

    /** To be asked by the request's own thread, when its body has been read. */
    private static boolean isThere(org.apache.coyote.Request connection) {
        connection.action(ActionCode.AVAILABLE, true);
        return connection.getAvailable() != BROKEN;
    }
}
