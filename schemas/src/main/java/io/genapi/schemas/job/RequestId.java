package io.genapi.schemas.job;

/** One submission, as its {@code X-Request-ID} names it. */
public record RequestId(String value) {

    public RequestId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a RequestId must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
