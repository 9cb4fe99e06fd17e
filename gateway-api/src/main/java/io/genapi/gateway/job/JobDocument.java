package io.genapi.gateway.job;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the gateway reads of a job document.
 *
 * @param completedAt empty until the job is terminal
 * @param httpStatus empty until the job is terminal
 * @param result the completion's bytes, exactly as the vendor sent them; only where the job succeeded
 * @param error the error object's bytes, without its envelope; only where the job ended otherwise
 */
@SuppressWarnings("OptionalContainsArray") // Payloads are handed on, never compared.
public record JobDocument(
        JobStatus status,
        Identity identity,
        Optional<Instant> completedAt,
        Optional<Integer> httpStatus,
        Optional<VendorName> vendor,
        int attempts,
        Optional<byte[]> result,
        Optional<byte[]> error) {

    /** Whose job it is and what it is called, as far as the document tells. */
    public record Identity(Optional<String> tenant, Optional<String> correlationId, Optional<String> requestId) {

        /** News of the job, with the job's ids, as far as they are told. */
        public JobEvent news(JobId id, JobEvent.Kind kind, Instant at) {
            return new JobEvent(
                    id,
                    kind,
                    tenant.map(TenantId::new).orElse(TenantId.DEFAULT),
                    Correlation.of(CorrelationId.of(correlationId.orElse(id.value()))),
                    new RequestId(requestId.orElse(id.value())),
                    at,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private static final JsonFactory JSON = new JsonFactory();

    /** Empty where the bytes are no job document. */
    public static Optional<JobDocument> read(byte[] document) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
            return new Pass(document, parser).read();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** One reading of one document. */
    private static final class Pass {
        private final byte[] document;
        private final JsonParser parser;
        private Optional<JobStatus> status = Optional.empty();
        private Optional<String> tenant = Optional.empty();
        private Optional<String> correlationId = Optional.empty();
        private Optional<String> requestId = Optional.empty();
        private Optional<Instant> completedAt = Optional.empty();
        private Optional<Integer> httpStatus = Optional.empty();
        private Optional<VendorName> vendor = Optional.empty();
        private int attempts;
        private Optional<byte[]> result = Optional.empty();
        private Optional<byte[]> error = Optional.empty();

        Pass(byte[] document, JsonParser parser) {
            this.document = document;
            this.parser = parser;
        }

        Optional<JobDocument> read() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                readValue(name, parser.nextToken());
            }
            Identity identity = new Identity(tenant, correlationId, requestId);
            return status.map(known ->
                    new JobDocument(known, identity, completedAt, httpStatus, vendor, attempts, result, error));
        }

        private void readValue(String name, @Nullable JsonToken value) {
            if (value == JsonToken.VALUE_STRING && name.equals("status")) {
                status = JobStatus.fromWireName(parser.getString());
            } else if (value == JsonToken.VALUE_STRING && name.equals("vendor")) {
                vendor = Optional.of(new VendorName(parser.getString()));
            } else if (value == JsonToken.VALUE_STRING && name.equals("tenant")) {
                tenant = text();
            } else if (value == JsonToken.VALUE_STRING && name.equals("correlation_id")) {
                correlationId = text();
            } else if (value == JsonToken.VALUE_STRING && name.equals("request_id")) {
                requestId = text();
            } else if (value == JsonToken.VALUE_STRING && name.equals("completed_at")) {
                completedAt = text().flatMap(Pass::instant);
            } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("http_status")) {
                httpStatus = Optional.of(parser.getIntValue());
            } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("attempts")) {
                attempts = parser.getIntValue();
            } else if (value == JsonToken.START_OBJECT && name.equals("result")) {
                result = Optional.of(object());
            } else if (value == JsonToken.START_OBJECT && name.equals("error")) {
                error = Optional.of(object());
            } else {
                parser.skipChildren();
            }
        }

        private Optional<String> text() {
            return Optional.of(parser.getString()).filter(text -> !text.isBlank());
        }

        private static Optional<Instant> instant(String text) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeParseException malformed) {
                return Optional.empty();
            }
        }

        private byte[] object() {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            return Arrays.copyOfRange(
                    document, from, (int) parser.currentLocation().getByteOffset());
        }
    }
}
