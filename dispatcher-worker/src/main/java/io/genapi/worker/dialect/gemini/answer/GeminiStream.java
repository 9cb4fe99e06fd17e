package io.genapi.worker.dialect.gemini.answer;

import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of {@code streamGenerateContent?alt=sse}, each a {@code GenerateContentResponse} that goes on where the one
 * before ended. Gemini marks no end: the answer is whole if every candidate has finished when the connection closes.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent">Gemini's reference</a>
 */
public final class GeminiStream implements StreamTranslation {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Instant created;
    private final SortedMap<Integer, ChoiceStream> choices = new TreeMap<>();
    private Optional<Envelope> envelope = Optional.empty();
    private JsonNode usage = JsonNodeFactory.instance.missingNode();
    private Optional<VendorRequestId> requestId = Optional.empty();
    private Optional<End> end = Optional.empty();

    /** @param created when the answer began */
    public GeminiStream(Instant created) {
        this.created = created;
    }

    @Override
    public List<ObjectNode> event(String name, String data) {
        if (end.isPresent()) {
            return List.of();
        }
        JsonNode response;
        try {
            response = JSON.readTree(data);
        } catch (JacksonException malformed) {
            return fail(new Unusable("the vendor streamed an event that is not JSON"));
        }
        requestId = requestId.or(() -> RequestName.in(response));
        if (GeminiError.is(response)) {
            return fail(GeminiError.outcome(GeminiError.code(response), response, Optional.empty()));
        }
        return chunks(response);
    }

    private List<ObjectNode> chunks(JsonNode response) {
        Envelope common = envelope.orElseGet(() -> Envelope.of(response, created));
        envelope = Optional.of(common);
        if (response.path("usageMetadata").isObject()) {
            usage = response.path("usageMetadata");
        }
        List<ObjectNode> chunks = new ArrayList<>();
        Refusal.ofPrompt(response).ifPresent(refusal -> chunks.addAll(choice(0).refuse(refusal)));
        JsonNode candidates = response.path("candidates");
        for (int position = 0; position < candidates.size(); position++) {
            JsonNode candidate = candidates.path(position);
            chunks.addAll(choice(candidate.path("index").intValue(position)).go(candidate, common));
        }
        return chunks.stream().map(choice -> chunk(common, choice)).toList();
    }

    private ChoiceStream choice(int index) {
        return choices.computeIfAbsent(index, ChoiceStream::new);
    }

    private ObjectNode chunk(Envelope common, ObjectNode choice) {
        ObjectNode chunk = common.of("chat.completion.chunk");
        chunk.putArray("choices").add(choice);
        return chunk.putNull("usage");
    }

    @Override
    public List<ObjectNode> close() {
        if (end.isPresent()) {
            return List.of();
        }
        if (choices.isEmpty() || !choices.values().stream().allMatch(ChoiceStream::isFinished)) {
            return fail(new Broken("the vendor's stream ended before its answer did"));
        }
        if (choices.values().stream().allMatch(ChoiceStream::isBotched)) {
            return fail(new Unusable("the vendor's model did not manage to answer"));
        }
        end = Optional.of(new End.Whole());
        return envelope.filter(_ -> usage.isObject())
                .map(common -> {
                    ObjectNode last = common.of("chat.completion.chunk");
                    last.putArray("choices");
                    last.set("usage", TokenCounts.usage(usage));
                    return List.of(last);
                })
                .orElse(List.of());
    }

    private List<ObjectNode> fail(VendorOutcome.Failed outcome) {
        end = Optional.of(new End.Failed(outcome));
        return List.of();
    }

    @Override
    public Optional<VendorRequestId> requestId() {
        return requestId;
    }

    @Override
    public Optional<End> end() {
        return end;
    }
}
