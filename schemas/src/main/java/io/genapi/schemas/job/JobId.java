package io.genapi.schemas.job;

import io.genapi.schemas.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A job's identity: {@code job_} and a UUIDv7 (<a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562</a>)
 * in lower-case Crockford base32, 26 digits. Ids sort by creation time, to the millisecond, also as text.
 */
public record JobId(String value) implements Comparable<JobId> {

    private static final String PREFIX = "job_";
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int DIGITS = 26;
    private static final Pattern SHAPE = Pattern.compile("job_[0-7][0-9a-hjkmnp-tv-z]{25}");

    /** @throws IllegalArgumentException if the text is not of an id's form */
    public JobId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a job id: expected job_ and 26 lower-case Crockford base32 digits");
        }
    }

    /** The id in the text, or empty where the text has not the form of one. */
    public static Optional<JobId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new JobId(text)) : Optional.empty();
    }

    /** A new id; unguessable if the generator is. */
    public static JobId mint(Instant now, RandomGenerator random) {
        return of(now, random.nextLong(), random.nextLong());
    }

    /**
     * The id of a job that came without one: always the same for the same origin, so that a redelivery is the same job.
     *
     * @param createdAt when the origin says the job was created
     * @param origin what is unique to the job, such as the topic, partition and offset of its record
     */
    public static JobId derive(Instant createdAt, String origin) {
        byte[] digest = Sha256.of(origin);
        return of(createdAt, bigEndianLong(digest, 0), bigEndianLong(digest, 8));
    }

    /**
     * The id of the one job that a tenant's idempotency key stands for, whenever it is submitted and by whom. It tells no
     * time: it sorts before the ids that do.
     */
    public static JobId ofKey(TenantId tenant, String idempotencyKey) {
        return derive(
                Instant.EPOCH,
                "idempotency-key/%d/%s/%s".formatted(tenant.value().length(), tenant, idempotencyKey));
    }

    /** When the job was created, to the millisecond; 1970 where its id is that of a key. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(mostSignificantBits() >>> 16);
    }

    /** The smallest id of that millisecond: a bound for range scans over ids. */
    public static JobId firstOf(Instant instant) {
        return encode(instant.toEpochMilli() << 16, 0);
    }

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static JobId of(Instant createdAt, long randomA, long randomB) {
        long most = (createdAt.toEpochMilli() << 16) | 0x7000L | (randomA & 0x0fffL);
        long least = 0x8000_0000_0000_0000L | (randomB >>> 2);
        return encode(most, least);
    }

    private static JobId encode(long most, long least) {
        char[] digits = new char[DIGITS];
        long high = most;
        long low = least;
        for (int at = DIGITS - 1; at >= 0; at--) {
            digits[at] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new JobId(PREFIX + new String(digits));
    }

    private long mostSignificantBits() {
        long high = 0;
        long low = 0;
        for (int at = PREFIX.length(); at < value.length(); at++) {
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | ALPHABET.indexOf(value.charAt(at));
        }
        return high;
    }

    private static long bigEndianLong(byte[] bytes, int from) {
        long value = 0;
        for (int at = from; at < from + Long.BYTES; at++) {
            value = (value << 8) | (bytes[at] & 0xff);
        }
        return value;
    }
}
