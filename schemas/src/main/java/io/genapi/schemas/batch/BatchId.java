package io.genapi.schemas.batch;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.text.LetterDigits;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A batch's identity: {@code batch_} and 26 letters and digits, which nobody guesses. */
public record BatchId(String value) {

    private static final String PREFIX = "batch_";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + LetterDigits.SHAPE);

    /** @throws IllegalArgumentException if the text is not of an id's form */
    public BatchId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no id of a batch");
        }
    }

    /** The id in the text, or empty where the text has not the form of one. */
    public static Optional<BatchId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new BatchId(text)) : Optional.empty();
    }

    /** A new id; unguessable if the generator is. */
    public static BatchId mint(RandomGenerator random) {
        return new BatchId(PREFIX + LetterDigits.random(random));
    }

    /** That of the one batch that a tenant's idempotency key stands for. */
    public static BatchId ofKey(TenantId tenant, String idempotencyKey) {
        return new BatchId(PREFIX
                + LetterDigits.derive("batch/%d/%s/%s".formatted(tenant.value().length(), tenant, idempotencyKey)));
    }

    /** That of the file with the answers, whoever writes it. */
    public FileId outputFile() {
        return FileId.ofBatch(this, "output");
    }

    /** That of the file with the errors, whoever writes it. */
    public FileId errorFile() {
        return FileId.ofBatch(this, "error");
    }

    /** The idempotency key of one line's job: whoever submits the line again submits the same job. */
    public String lineKey(int line) {
        return value + "/" + line;
    }

    @Override
    public String toString() {
        return value;
    }
}
