package io.genapi.gateway.http;

import jakarta.servlet.http.HttpServletRequest;

/** Whether an OpenAI SDK sends a request again by itself, as its {@code X-Stainless-Retry-Count} of 1 or more says. */
final class SdkRetry {

    private SdkRetry() {}

    static boolean is(HttpServletRequest request) {
        String count = request.getHeader(HttpHeaderNames.SDK_RETRY_COUNT);
        return count != null && count.matches("0*[1-9][0-9]{0,8}");
    }
}
