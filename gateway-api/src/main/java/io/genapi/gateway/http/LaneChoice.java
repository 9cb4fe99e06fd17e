package io.genapi.gateway.http;

import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which lane a caller wants: by the header {@code Genapi-Lane}, which speaks to the broker alone, else by the body's
 * {@code service_tier}, which the vendor reads too.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create#chat-create-service_tier">OpenAI's tiers</a>
 */
final class LaneChoice {

    /** The broker is to choose, as it does where nothing is said. */
    private static final String AUTO = "auto";

    private LaneChoice() {}

    static Optional<Lane> of(ChatRequestBody body, HttpServletRequest request) {
        return of(Collections.list(request.getHeaders(HttpHeaderNames.LANE)), body.serviceTier());
    }

    /**
     * Empty where the broker is to choose.
     *
     * @param headers as often as the caller sent it
     * @param tier is only read where there is no header
     * @throws ApiErrorException if it names no lane, or two of them
     */
    static Optional<Lane> of(List<String> headers, Optional<String> tier) {
        if (headers.isEmpty()) {
            return tier.flatMap(LaneChoice::ofTier);
        }
        String first = headers.getFirst();
        if (headers.stream().anyMatch(other -> !other.equals(first))) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    400,
                    "invalid_header",
                    HttpHeaderNames.LANE,
                    "Contradictory values for header '%s': '%s'. Send it once."
                            .formatted(HttpHeaderNames.LANE, SentText.excerpt(String.join("', '", headers)))));
        }
        return lane(
                first,
                ApiError.invalidRequest(
                        400,
                        "invalid_header",
                        HttpHeaderNames.LANE,
                        "Invalid value for header '%s': '%s'. Send priority, default, flex or auto, or leave it out."
                                .formatted(HttpHeaderNames.LANE, SentText.excerpt(first))));
    }

    private static Optional<Lane> ofTier(String tier) {
        return lane(
                tier,
                ApiError.invalidRequest(
                        400,
                        "invalid_value",
                        "service_tier",
                        ("Invalid value for 'service_tier': no lane is called '%s'. Send auto, default, flex or priority, or leave"
                                        + " it out; to ask the vendor for another tier, name the lane in the header '%s'.")
                                .formatted(SentText.excerpt(tier), HttpHeaderNames.LANE)));
    }

    private static Optional<Lane> lane(String name, ApiError unknown) {
        if (name.equals(AUTO)) {
            return Optional.empty();
        }
        return Optional.of(Lane.fromWireName(name).orElseThrow(() -> new ApiErrorException(unknown)));
    }
}
