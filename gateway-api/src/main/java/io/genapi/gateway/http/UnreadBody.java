package io.genapi.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether some of a request's body has not been read: its connection is then of no use for another request. */
final class UnreadBody {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);

    private UnreadBody() {}

    static boolean isLeftOf(HttpServletRequest request) {
        try {
            return !request.getInputStream().isFinished();
        } catch (IOException broken) {
            LOG.debug("The body of a request cannot be read", broken);
            return true;
        }
    }
}
