package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletResponse;
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

    private static ApiError error(int status) {
        return switch (status) {
            case HttpServletResponse.SC_NOT_IMPLEMENTED, HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED ->
                ApiError.invalidRequest(
                        status,
                        "not_supported",
                        "This way of sending a request is not supported. Send it by HTTP/1.1, with the header"
                                + " 'Content-Length' or 'Transfer-Encoding: chunked'.");
            default ->
                status < 500
                        ? ApiError.invalidRequest(
                                status,
                                "invalid_request",
                                "The request line or a header is malformed or too large. Send a request as RFC 9112 has it.")
                        : ApiError.server(
                                status, "internal_error", "The gateway failed unexpectedly. Its log tells why.");
        };
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ApiError error = error(status);
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
