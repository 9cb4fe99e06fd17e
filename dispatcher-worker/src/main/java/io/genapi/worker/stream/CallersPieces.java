package io.genapi.worker.stream;

import io.genapi.schemas.job.ModelName;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vendor's chunks as their caller gets them: under the caller's own name of the model, and with the usage only if it
 * was asked for. Nothing goes out before the first chunk that says something, so that a vendor that fails until then can
 * be replaced unseen; and a chunk with which the answer may be whole waits for the one behind it, so that the last can be
 * told. Pure, one for each answer; not thread-safe.
 */
final class CallersPieces {

    private final ModelName model;
    private final boolean includeUsage;
    private final List<ObjectNode> held = new ArrayList<>();
    private boolean begun;

    CallersPieces(ModelName model, boolean includeUsage) {
        this.model = model;
        this.includeUsage = includeUsage;
    }

    /** What goes out now that the vendor has sent a chunk. */
    List<ObjectNode> next(ObjectNode chunk) {
        if (Chunk.isUsageAlone(chunk) && !includeUsage) {
            return List.of();
        }
        begun |= Chunk.saysSomething(chunk);
        if (!begun) {
            held.add(piece(chunk));
            return List.of();
        }
        List<ObjectNode> out = new ArrayList<>(held);
        held.clear();
        (Chunk.mayBeLast(chunk) ? held : out).add(piece(chunk));
        return out;
    }

    /** What goes out now that the answer is whole; the last of it is the answer's last piece. */
    List<ObjectNode> rest() {
        List<ObjectNode> rest = List.copyOf(held);
        held.clear();
        return rest;
    }

    private ObjectNode piece(ObjectNode chunk) {
        ObjectNode piece = JsonNodeFactory.instance.objectNode().setAll(chunk);
        piece.put("object", "chat.completion.chunk").put("model", model.value());
        if (!piece.path("choices").isArray()) {
            piece.putArray("choices");
        }
        if (!includeUsage) {
            piece.remove("usage");
        }
        return piece;
    }
}
