package io.genapi.worker.dialect;

import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.vendor.VendorOutcome;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns one answer's server-sent events into OpenAI's {@code chat.completion.chunk} objects, in their order. Pure: it
 * neither waits nor reads a clock. One for each call; not thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat-streaming">OpenAI's reference</a>
 */
public interface StreamTranslation {

    /**
     * What the vendor says next. Nothing after the {@link #end()} has a meaning.
     *
     * @param name {@code message} where the vendor gives none, as the
     *     <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">specification</a> wants
     * @param data the event's lines of data, joined by line feeds
     * @return the chunks that this makes whole, often none
     */
    List<ObjectNode> event(String name, String data);

    /** The vendor closed the connection: what is still to be said, often nothing. After this the end is known. */
    List<ObjectNode> close();

    /** How the answer ended; empty while more may come. */
    Optional<End> end();

    /** The vendor's own name of the call, where its events say it rather than the headers before them. */
    default Optional<VendorRequestId> requestId() {
        return Optional.empty();
    }

    /** An answer's end. */
    sealed interface End {

        /** The vendor said that its answer is whole, and every chunk of it has been returned. */
        record Whole() implements End {}

        /** The answer is not whole: the vendor reported an error in its midst, stopped short or made no sense. */
        record Failed(VendorOutcome.Failed outcome) implements End {}
    }
}
