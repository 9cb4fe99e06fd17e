package io.genapi.schemas.job;

/** A model, by the name that the caller gives it. */
public record ModelName(String value) {

    public ModelName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a ModelName must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
