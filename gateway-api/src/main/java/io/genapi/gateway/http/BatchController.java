package io.genapi.gateway.http;

import io.genapi.gateway.batch.Batch;
import io.genapi.gateway.batch.BatchDocument;
import io.genapi.gateway.batch.BatchOutcome;
import io.genapi.gateway.batch.Batches;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's batches. */
@RestController
public final class BatchController {

    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int USUALLY_LISTED = 20;
    private static final int MOST_LISTED = 100;

    private final Optional<Batches> batches;
    private final Turnstile turnstile;
    private final RequestBody requestBody = new RequestBody(MAX_BODY_BYTES);
    private final NamedEndpoint endpoint;
    private final Duration window;
    private final InstantSource clock;

    /** @param window how long a batch has */
    public BatchController(
            Optional<Batches> batches,
            Turnstile turnstile,
            NamedEndpoint endpoint,
            Duration window,
            InstantSource clock) {
        this.batches = batches;
        this.turnstile = turnstile;
        this.endpoint = endpoint;
        this.window = window;
        this.clock = clock;
    }

    @PostMapping("/v1/batches")
    ResponseEntity<byte[]> create(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Batches all = FileErrors.present(batches);
        BatchBody body = BatchBody.read(requestBody.read(request));
        Instant now = clock.instant();
        BatchTerms terms = new BatchTerms(
                Exchange.of(request).payer(),
                body.input(),
                body.endpoint(),
                body.window(),
                body.metadata(),
                body.outputLife(),
                endpoint.of(request),
                now,
                now.plus(window));
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response)) {
            return answer(all.create(terms, IdempotencyKey.of(request), SdkRetry.is(request)), "");
        }
    }

    @GetMapping("/v1/batches/{id}")
    ResponseEntity<byte[]> find(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        Batches all = FileErrors.present(batches);
        Optional<BatchId> id = BatchId.parse(text);
        Optional<Batch> found = id.isEmpty()
                ? Optional.empty()
                : all.find(id.get(), Exchange.of(request).viewer());
        return JsonResponse.status(200).body(BatchDocument.of(found.orElseThrow(() -> notFound(text))));
    }

    @GetMapping("/v1/batches")
    ResponseEntity<byte[]> list(HttpServletRequest request) throws InterruptedException {
        PageParameters parameters = PageParameters.read(request, USUALLY_LISTED, MOST_LISTED);
        PageParameters.Page<Batch> page = parameters.of(
                FileErrors.present(batches).list(Exchange.of(request).viewer()),
                Batches.NEWEST_FIRST,
                batch -> batch.id().value());
        return JsonResponse.status(200).body(BatchDocument.page(page.items(), page.more()));
    }

    @PostMapping("/v1/batches/{id}/cancel")
    ResponseEntity<byte[]> cancel(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        Batches all = FileErrors.present(batches);
        BatchId id = BatchId.parse(text).orElseThrow(() -> notFound(text));
        return answer(all.cancel(id, Exchange.of(request).viewer()), text);
    }

    private static ResponseEntity<byte[]> answer(BatchOutcome outcome, String id) {
        return switch (outcome) {
            case BatchOutcome.Noted(Batch batch) -> JsonResponse.status(200).body(BatchDocument.of(batch));
            case BatchOutcome.KeyReused(BatchId original) -> throw FileErrors.keyReused("batch", original.value());
            case BatchOutcome.NoSuchFile(FileId file) ->
                throw invalid(
                        "input_file_id",
                        "No such File object: %s. Upload it with the purpose batch, then name its id.".formatted(file));
            case BatchOutcome.WrongPurpose(String purpose) ->
                throw invalid(
                        "input_file_id",
                        "The file's purpose is '%s'. Name one that was uploaded with the purpose batch."
                                .formatted(purpose));
            case BatchOutcome.TooMany(int limit) ->
                throw FileErrors.tooMany(
                        "open batches",
                        limit,
                        "Wait for the end of some, or raise genapi.gateway.batch.max-open-batches.");
            case BatchOutcome.TooLate(Batch batch) ->
                throw new ApiErrorException(ApiError.invalidRequest(
                        409,
                        "batch_not_cancellable",
                        "id",
                        "Cannot cancel a batch with status '%s'."
                                .formatted(batch.status().wireName())));
            case BatchOutcome.NotFound() -> throw notFound(id);
        };
    }

    private static ApiErrorException invalid(String field, String message) {
        return new ApiErrorException(ApiError.invalidRequest(400, "invalid_value", field, message));
    }

    private static ApiErrorException notFound(String id) {
        return new ApiErrorException(ApiError.invalidRequest(
                404, "batch_not_found", "id", "No batch found with id '%s'.".formatted(SentText.excerpt(id))));
    }
}
