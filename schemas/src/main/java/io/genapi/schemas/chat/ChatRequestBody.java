package io.genapi.schemas.chat;

import io.genapi.schemas.job.ModelName;

/**
 * A chat completion request of which the broker has read what it needs. The bytes are the caller's own and are never
 * written anew; not to be changed.
 */
public final class ChatRequestBody {

    private final byte[] bytes;
    private final ModelName model;
    private final Span modelSpan;
    private final boolean stream;

    ChatRequestBody(byte[] bytes, ModelName model, Span modelSpan, boolean stream) {
        this.bytes = bytes;
        this.model = model;
        this.modelSpan = modelSpan;
        this.stream = stream;
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

    /** The body as a vendor gets it: the same bytes, with only the model's name replaced. */
    public byte[] withModel(String vendorModel) {
        return vendorModel.equals(model.value()) ? bytes : modelSpan.replaceWithString(bytes, vendorModel);
    }
}
