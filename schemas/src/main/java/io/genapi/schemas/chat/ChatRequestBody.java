package io.genapi.schemas.chat;

import io.genapi.schemas.job.ModelName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion request of which the broker has read what it needs. The bytes are the caller's own and are never
 * written anew; not to be changed.
 */
public final class ChatRequestBody {

    private final byte[] bytes;
    private final ModelName model;
    private final Span modelSpan;
    private final boolean stream;
    private final StreamOptions options;
    private final @Nullable String serviceTier;

    ChatRequestBody(
            byte[] bytes,
            ModelName model,
            Span modelSpan,
            boolean stream,
            StreamOptions options,
            @Nullable String serviceTier) {
        this.bytes = bytes;
        this.model = model;
        this.modelSpan = modelSpan;
        this.stream = stream;
        this.options = options;
        this.serviceTier = serviceTier;
    }

    public byte[] bytes() {
        return bytes;
    }

    public ModelName model() {
        return model;
    }

    /** Whether the caller asks for server-sent events. */
    public boolean stream() {
        return stream;
    }

    /** Whether the caller wants a last chunk that tells what the answer cost. */
    public boolean includeUsage() {
        return options.includeUsage();
    }

    /** The tier that the caller asks its vendor for, as it names it. */
    public Optional<String> serviceTier() {
        return Optional.ofNullable(serviceTier);
    }

    /** The body as a vendor gets it: the same bytes, with only the model's name replaced. */
    public byte[] withModel(String vendorModel) {
        return vendorModel.equals(model.value()) ? bytes : modelSpan.replaceWithString(bytes, vendorModel);
    }

    /**
     * The body with {@code stream_options.include_usage}, whether the caller asked for it or not; all other bytes stay.
     * What is no object where the options belong is left for the vendor to judge.
     */
    public ChatRequestBody includingUsage() {
        return options.including(bytes).map(ChatRequestBody::read).orElse(this);
    }

    /** The body without {@code stream_options}; all other bytes stay. */
    public ChatRequestBody withoutStreamOptions() {
        return read(StreamOptions.without(bytes));
    }

    private static ChatRequestBody read(byte[] changed) {
        return switch (ChatRequestReader.read(changed)) {
            case ChatRequestReading.Valid(var body) -> body;
            case ChatRequestReading.Invalid(var error) -> throw new IllegalStateException(error.message());
        };
    }
}
