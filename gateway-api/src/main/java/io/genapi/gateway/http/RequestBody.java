package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Reads JSON bodies as the bytes that they are, up to a limit. Thread-safe. */
final class RequestBody {

    private final int maxBytes;

    RequestBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The whole body; never more than one byte above the limit is held.
     *
     * @throws ApiErrorException if it is not declared as plain UTF-8 JSON, or is too large
     * @throws IOException if the caller goes away before its end
     */
    byte[] read(HttpServletRequest request) throws IOException {
        requireJson(request.getContentType());
        requirePlain(request.getHeader("Content-Encoding"));
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge("is " + request.getContentLengthLong() + " bytes");
        }
        byte[] body = request.getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge("is larger");
        }
        Exchange.of(request).received(body.length);
        return body;
    }

    private ApiErrorException tooLarge(String how) {
        return new ApiErrorException(ApiError.invalidRequest(
                413,
                "request_too_large",
                "The request body may have %d bytes, but it %s. Send less, or raise genapi.gateway.max-body-bytes."
                        .formatted(maxBytes, how)));
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null) {
            throw notJson("The request has no Content-Type.");
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            Charset charset = type.getCharset();
            boolean utf8 = charset == null || charset.equals(StandardCharsets.UTF_8);
            if (!utf8 || !type.isPresentIn(List.of(MediaType.APPLICATION_JSON))) {
                throw notJson("The request's Content-Type is '" + contentType + "'.");
            }
        } catch (IllegalArgumentException malformed) {
            throw notJson("The request's Content-Type '" + contentType + "' is not understood.");
        }
    }

    private static ApiErrorException notJson(String what) {
        return new ApiErrorException(ApiError.invalidRequest(
                415,
                "unsupported_media_type",
                "Content-Type",
                what + " Send JSON in UTF-8, with the header 'Content-Type: application/json'."));
    }

    private static void requirePlain(@Nullable String encoding) {
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    415,
                    "unsupported_content_encoding",
                    "Content-Encoding",
                    "The request's Content-Encoding is '" + encoding + "'. Send the body uncompressed."));
        }
    }
}
