package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes OpenAI's error envelope for what Tomcat refuses before any handler sees it: malformed request lines and
 * headers. Made by Tomcat, by its name.
 */
public final class EnvelopeErrorValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeErrorValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ApiError error = status < 500
                ? ApiError.invalidRequest(
                        status,
                        "invalid_request",
                        "The request line or a header is malformed or too large. Send a request as RFC 9112 has it.")
                : ApiError.server(status, "internal_error", "The gateway failed unexpectedly. Its log tells why.");
        try {
            response.setContentType("application/json");
            SecurityHeaders.tell(response::setHeader);
            response.getReporter().write(new String(error.toJson(), StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("An error could not be told to its caller", gone);
        }
    }
}
