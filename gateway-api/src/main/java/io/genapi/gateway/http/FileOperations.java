package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.DISPOSITION;
import static io.genapi.gateway.http.AnswerHeaders.RATE_LIMITS;

import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.Operation;
import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import io.genapi.schemas.error.ApiError;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What callers are told of {@link FileController}. */
final class FileOperations {

    static final String FILES = "Files";

    /** Of the form of a file's id. */
    static final String SAMPLE = "file-k3c9m2q7g5r8t4s6b1n0c5v8u2";

    private static final Parameter ID = Parameter.path("id", "The file.", Shape.text("^file-[0-9a-v]{26}$"), SAMPLE);

    private FileOperations() {}

    static List<Operation> all() {
        return List.of(create(), list(), find(), content(), delete());
    }

    private static Operation create() {
        return new Operation(
                        "POST /v1/files",
                        "createFile",
                        FILES,
                        "Upload a file",
                        "Takes the requests of a batch: a line of JSON for each, with `custom_id`, `method`, `url` and `body`.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(CallerHeaders.IDEMPOTENCY_KEY, CallerHeaders.SDK_RETRY_COUNT)
                .reads(Content.form(form()))
                .answers(Answer.of(200, "The file is kept.", Content.json("file-object"))
                        .with(RATE_LIMITS))
                .fails(faults())
                .fails(CommonFaults.quotas())
                .fails(
                        CommonFaults.wrong(
                                400,
                                "invalid_multipart",
                                "We could not read the form of your request: it has two files. Send multipart/form-data with the fields 'file' and 'purpose'."),
                        CommonFaults.wrong(
                                400,
                                "request_incomplete",
                                "The request's body broke off before its end. Send it again."),
                        Fault.of(FileErrors.missing("purpose").error()),
                        CommonFaults.wrong(
                                408,
                                "upload_too_slow",
                                "file",
                                "The file did not come within PT10M. Send it again over a faster connection."),
                        CommonFaults.wrong(
                                413,
                                "request_too_large",
                                "file",
                                "A file may have 209715200 bytes, and this one is larger."),
                        CommonFaults.wrong(
                                415,
                                "unsupported_media_type",
                                "Content-Type",
                                "Send the file as multipart/form-data, with the fields 'file' and 'purpose'."),
                        Fault.of(FileErrors.keyReused("file", SAMPLE).error()),
                        CommonFaults.busy(
                                "too_many_uploads", "8 files come in at this gateway. Send yours again later."));
    }

    private static ObjectNode form() {
        ObjectNode form = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode fields = form.putObject("properties");
        fields.set(
                "file",
                Shape.text().put("contentMediaType", "application/octet-stream").put("description", "The lines."));
        fields.set("purpose", Shape.oneOf(List.of("batch")).put("description", "What it is for."));
        fields.set(
                "expires_after[anchor]",
                Shape.oneOf(List.of("created_at")).put("description", "From when on it is kept."));
        fields.set(
                "expires_after[seconds]",
                Shape.wholeNumber(3_600).put("maximum", 2_592_000).put("description", "How long it is kept."));
        form.putArray("required").add("file").add("purpose");
        return form;
    }

    private static Operation list() {
        return new Operation("GET /v1/files", "listFiles", FILES, "List files", "The caller's own.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(pages(10_000, 10_000, SAMPLE))
                .takes(Parameter.query(
                        "purpose",
                        "Only files that are for this.",
                        Shape.oneOf(List.of("batch", "batch_output")),
                        "batch"))
                .answers(Answer.of(200, "A page of files.", Content.json("file-list")))
                .fails(faults());
    }

    static List<Parameter> pages(int most, int usual, String id) {
        return List.of(
                CallerHeaders.limit(most, usual),
                CallerHeaders.after(id),
                Parameter.query(
                        "order",
                        "Which come first, by their time: the oldest or the newest.",
                        Shape.oneOf(List.of("asc", "desc")),
                        "desc"));
    }

    private static Operation find() {
        return new Operation("GET /v1/files/{id}", "retrieveFile", FILES, "Show a file", "What is known of it.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "The file.", Content.json("file-object")))
                .fails(faults())
                .fails(Fault.of(FileErrors.noSuchFile(SAMPLE).error()));
    }

    private static Operation content() {
        return new Operation(
                        "GET /v1/files/{id}/content",
                        "downloadFile",
                        FILES,
                        "Download a file",
                        "Its bytes, as they were uploaded or written.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "The bytes.", Content.bytes()).with(DISPOSITION))
                .fails(faults())
                .fails(
                        Fault.of(FileErrors.noSuchFile(SAMPLE).error()),
                        Fault.of(ApiError.server(
                                500,
                                "file_content_missing",
                                "The content of file '%s' is not in this gateway's blob store.".formatted(SAMPLE))));
    }

    private static Operation delete() {
        return new Operation(
                        "DELETE /v1/files/{id}",
                        "deleteFile",
                        FILES,
                        "Delete a file",
                        "Not while a batch that has not ended reads it.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "It is deleted.", Content.json("file-deleted")))
                .fails(faults())
                .fails(
                        Fault.of(FileErrors.noSuchFile(SAMPLE).error()),
                        CommonFaults.wrong(
                                409,
                                "file_in_use",
                                "id",
                                "The file '%s' is the input of a batch that has not ended.".formatted(SAMPLE)));
    }

    /** Of files and batches. */
    static List<Fault> faults() {
        return CommonFaults.joined(
                CommonFaults.callers(),
                Fault.of(ApiError.server(
                        501, "no_blob_store", "This gateway has no place for files. Set genapi.blob.directory.")),
                Fault.of(ApiError.server(507, "disk_full", "The blob store is full.")),
                Fault.of(ApiError.server(503, "blob_store_unavailable", "The blob store cannot be reached.")),
                Fault.of(
                        ApiError.server(503, "kafka_unavailable", "Files and batches are not to be had now."),
                        AnswerHeaders.RETRY_AFTER));
    }
}
