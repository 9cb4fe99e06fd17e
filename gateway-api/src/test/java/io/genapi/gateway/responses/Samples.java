package io.genapi.gateway.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.gateway.responses.request.ResponseReading;
import io.genapi.gateway.responses.request.ResponseRequest;
import io.genapi.gateway.responses.request.ResponseRequestReader;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.job.JobId;
import java.time.Instant;
import java.util.List;

/** Responses to tell of. */
final class Samples {

    static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    static final JobId ID = new JobId("job_01kg9ys7g0fwkvatamf7t7wjj6");

    private Samples() {}

    static StoredResponse response(String members) {
        byte[] json =
                "{\"model\":\"m\",\"input\":\"hello\"%s}".formatted(members).getBytes(UTF_8);
        if (ResponseRequestReader.read(json) instanceof ResponseReading.Valid(ResponseRequest request)
                && ChatRequestReader.read(request.body(List.of())) instanceof ChatRequestReading.Valid(var body)) {
            return new StoredResponse(ID, CREATED, body, request.echo());
        }
        throw new IllegalArgumentException(members);
    }
}
