package io.genapi.schemas.batch;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.text.LetterDigits;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A file's identity: {@code file-} and 26 letters and digits, which nobody guesses. */
public record FileId(String value) {

    private static final String PREFIX = "file-";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + LetterDigits.SHAPE);

    /** @throws IllegalArgumentException if the text is not of an id's form */
    public FileId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no id of a file");
        }
    }

    /** The id in the text, or empty where the text has not the form of one. */
    public static Optional<FileId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new FileId(text)) : Optional.empty();
    }

    /** A new id; unguessable if the generator is. */
    public static FileId mint(RandomGenerator random) {
        return new FileId(PREFIX + LetterDigits.random(random));
    }

    /** That of the one file that a tenant's idempotency key stands for. */
    public static FileId ofKey(TenantId tenant, String idempotencyKey) {
        return new FileId(PREFIX
                + LetterDigits.derive("file/%d/%s/%s".formatted(tenant.value().length(), tenant, idempotencyKey)));
    }

    /** That of what a batch's answers, or its errors, are in. */
    static FileId ofBatch(BatchId batch, String what) {
        return new FileId(PREFIX + LetterDigits.derive(batch + "/" + what));
    }

    @Override
    public String toString() {
        return value;
    }
}
