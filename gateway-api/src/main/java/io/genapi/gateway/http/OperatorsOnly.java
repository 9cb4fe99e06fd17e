package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Keeps tenants to the API and the probes: what else there is shows and steers the broker itself. Thread-safe. */
public final class OperatorsOnly implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        if (!isTenants(pattern) && !Exchange.of(request).isOperator()) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    403,
                    "insufficient_permissions",
                    "This is for operators of the broker. Use the key of a tenant that has 'operator: true' in the"
                            + " catalog."));
        }
        return true;
    }

    /** What matches no handler of ours ends with a pattern for everything, as a 404. */
    private static boolean isTenants(String pattern) {
        return pattern.startsWith("/v1/")
                || pattern.equals("/health")
                || pattern.startsWith("/health/")
                || pattern.equals("/openapi.json")
                || pattern.endsWith("/**");
    }
}
