package io.genapi.gateway.batch;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Chat completions are jobs as they are. */
public final class ChatLines implements LineForm {

    public static final String ENDPOINT = "/v1/chat/completions";

    @Override
    public Optional<ApiError> objection(byte[] request) {
        return switch (ChatRequestReader.read(request)) {
            case ChatRequestReading.Invalid(ApiError error) -> Optional.of(error);
            case ChatRequestReading.Valid(var body) when body.stream() -> Optional.of(noStream());
            case ChatRequestReading.Valid _ -> Optional.empty();
        };
    }

    /** A file cannot hold a stream. */
    public static ApiError noStream() {
        return ApiError.invalidRequest(
                400,
                "unsupported_parameter",
                "stream",
                "Requests of a batch cannot be streamed. Leave 'stream' out, or send false.");
    }

    @Override
    public boolean reachesBack(byte[] request) {
        return false;
    }

    @Override
    public Reading read(byte[] request, TenantId tenant) {
        return new Reading.Valid(request, Optional.empty());
    }

    @Override
    public Optional<byte[]> answer(JobId job, Optional<Handed> handed, Reply answer, BooleanSupplier inHaste) {
        return Optional.of(answer.body());
    }
}
