package io.genapi.gateway.http;

import io.genapi.gateway.batch.Batches;
import io.genapi.gateway.file.FileDocument;
import io.genapi.gateway.file.FileOutcome;
import io.genapi.gateway.file.FileShelf;
import io.genapi.gateway.file.IncomingFile;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's files, those for batches. */
@RestController
public final class FileController {

    private static final int MOST_LISTED = 10_000;

    private final Optional<FileShelf> files;
    private final Optional<Batches> batches;
    private final Turnstile turnstile;
    private final int maxUploads;
    private final Semaphore uploads;
    private final InstantSource clock;

    /** @param maxUploads at once */
    public FileController(
            Optional<FileShelf> files,
            Optional<Batches> batches,
            Turnstile turnstile,
            int maxUploads,
            InstantSource clock) {
        this.files = files;
        this.batches = batches;
        this.turnstile = turnstile;
        this.maxUploads = maxUploads;
        this.clock = clock;
        this.uploads = new Semaphore(maxUploads);
    }

    @PostMapping("/v1/files")
    ResponseEntity<byte[]> create(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        FileShelf shelf = FileErrors.present(files);
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response)) {
            if (request.getContentLengthLong() > shelf.limits().maxBytes() + (1 << 20)) {
                throw FileErrors.tooLarge(shelf.limits());
            }
            if (!uploads.tryAcquire()) {
                return JsonResponse.status(503)
                        .retryAfter(Duration.ofSeconds(5))
                        .body(ApiError.server(
                                503,
                                "too_many_uploads",
                                "%d files come in at this gateway, as many as genapi.gateway.batch.max-uploads allows. Send yours again later."
                                        .formatted(maxUploads)));
            }
            try (IncomingFile incoming = shelf.begin()) {
                return take(shelf, incoming, request);
            } finally {
                uploads.release();
            }
        }
    }

    private ResponseEntity<byte[]> take(FileShelf shelf, IncomingFile incoming, HttpServletRequest request)
            throws IOException, InterruptedException {
        Optional<String> key = IdempotencyKey.of(request);
        FileUploadForm form = FileUploadForm.read(request, incoming, shelf.limits(), clock);
        String name = form.fileName().orElseThrow(() -> FileErrors.missing(FileUploadForm.FILE));
        requirePurpose(form.fields().get("purpose"));
        Optional<Duration> life = ExpiresAfter.of(
                "expires_after",
                Optional.ofNullable(form.fields().get("expires_after[anchor]")),
                Optional.ofNullable(form.fields().get("expires_after[seconds]")));
        return switch (shelf.keep(incoming, Exchange.of(request).payer(), name, life, key, SdkRetry.is(request))) {
            case FileOutcome.Kept(StoredFile file) -> JsonResponse.status(200).body(FileDocument.of(file));
            case FileOutcome.KeyReused(FileId id) -> throw FileErrors.keyReused("file", id.value());
            case FileOutcome.TooMany(int limit) ->
                throw FileErrors.tooMany("files", limit, "Delete some, or raise genapi.gateway.batch.max-files.");
        };
    }

    private static void requirePurpose(@Nullable String given) {
        if (given == null) {
            throw FileErrors.missing("purpose");
        }
        if (!given.equals(FilePurpose.BATCH.wireName())) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    400,
                    "invalid_value",
                    "purpose",
                    "Invalid value for 'purpose': '%s'. This broker takes files for batches alone: send batch."
                            .formatted(SentText.excerpt(given))));
        }
    }

    @GetMapping("/v1/files")
    ResponseEntity<byte[]> list(HttpServletRequest request) throws InterruptedException {
        PageParameters parameters = PageParameters.read(request, MOST_LISTED, MOST_LISTED);
        String purpose = request.getParameter("purpose");
        List<StoredFile> all = FileErrors.present(files)
                .list(Exchange.of(request).viewer())
                .stream()
                .filter(file -> purpose == null || file.purpose().wireName().equals(purpose))
                .toList();
        PageParameters.Page<StoredFile> page =
                parameters.of(all, FileShelf.NEWEST_FIRST, file -> file.id().value());
        return JsonResponse.status(200).body(FileDocument.page(page.items(), page.more()));
    }

    @GetMapping("/v1/files/{id}")
    ResponseEntity<byte[]> find(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        return JsonResponse.status(200).body(FileDocument.of(file(text, request)));
    }

    /** Goes out as it is read. */
    @GetMapping("/v1/files/{id}/content")
    void content(@PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        StoredFile file = file(text, request);
        Optional<InputStream> found = FileErrors.present(files).content(file);
        try (InputStream content = found.orElseThrow(() -> new ApiErrorException(ApiError.server(
                500,
                "file_content_missing",
                "The content of file '%s' is not in this gateway's blob store. All gateways have to share one: set genapi.blob alike for all of them."
                        .formatted(file.id()))))) {
            response.setContentType("application/octet-stream");
            response.setContentLengthLong(file.bytes());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment");
            content.transferTo(response.getOutputStream());
        }
    }

    @DeleteMapping("/v1/files/{id}")
    ResponseEntity<byte[]> delete(@PathVariable("id") String text, HttpServletRequest request)
            throws IOException, InterruptedException {
        StoredFile file = file(text, request);
        if (FileErrors.present(batches).isInUse(file.id())) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    409,
                    "file_in_use",
                    "id",
                    "The file '%s' is the input of a batch that has not ended. Cancel the batch, or wait for its end."
                            .formatted(file.id())));
        }
        FileErrors.present(files).delete(file);
        return JsonResponse.status(200).body(FileDocument.deleted(file.id()));
    }

    private StoredFile file(String text, HttpServletRequest request) throws InterruptedException {
        FileShelf shelf = FileErrors.present(files);
        Optional<FileId> id = FileId.parse(text);
        Optional<StoredFile> found = id.isEmpty()
                ? Optional.empty()
                : shelf.find(id.get(), Exchange.of(request).viewer());
        return found.orElseThrow(() -> FileErrors.noSuchFile(text));
    }
}
