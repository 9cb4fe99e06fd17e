package io.genapi.worker.route;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Capabilities;
import io.genapi.schemas.chat.ChatNeeds;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import java.util.List;
import java.util.Optional;

/** Who among the candidates can do what a request needs, as far as the catalog says. Pure. */
final class Abilities {

    private Abilities() {}

    /** @param candidates at least one */
    static Choice among(List<Candidate> candidates, ChatRequestBody body) {
        if (candidates.stream().map(Candidate::capabilities).allMatch(Capabilities.ALL::equals)) {
            return new Choice(candidates, Optional.empty());
        }
        ChatNeeds needs = ChatNeeds.of(body);
        List<Candidate> able = candidates.stream()
                .filter(each -> lack(each.capabilities(), body, needs).isEmpty())
                .toList();
        return able.isEmpty()
                ? new Choice(able, lack(candidates.getFirst().capabilities(), body, needs))
                : new Choice(able, Optional.empty());
    }

    /** @param objection present where nobody is able */
    record Choice(List<Candidate> able, Optional<ApiError> objection) {}

    private static Optional<ApiError> lack(Capabilities capabilities, ChatRequestBody body, ChatNeeds needs) {
        String model = body.model().value();
        if (needs.tools() && !capabilities.tools()) {
            return Optional.of(unsupported("tools", "calls no tools", model));
        }
        if (needs.vision() && !capabilities.vision()) {
            return Optional.of(unsupported("messages", "takes no images", model));
        }
        if (body.stream() && !capabilities.streaming()) {
            return Optional.of(unsupported("stream", "does not stream", model));
        }
        if (capabilities.maxContext().isPresent()
                && needs.promptTokens() > capabilities.maxContext().getAsInt()) {
            return Optional.of(ApiError.invalidRequest(
                    400,
                    "context_length_exceeded",
                    "messages",
                    "The messages have about %d tokens, but the model `%s` takes %d at most. Send fewer, or name another model."
                            .formatted(
                                    needs.promptTokens(),
                                    model,
                                    capabilities.maxContext().getAsInt())));
        }
        return Optional.empty();
    }

    private static ApiError unsupported(String param, String what, String model) {
        return ApiError.invalidRequest(
                400,
                "unsupported_parameter",
                param,
                "Unsupported parameter: '%s': the model `%s` %s here. Leave it out, or name another model."
                        .formatted(param, model, what));
    }
}
